using SearchCluster.Search.Sampling.Auto;
using SearchCluster.Search.Scheduling.PopulationBased;
using SearchCluster.Specs.Sections;

namespace SearchCluster.Specs.Checks;

/// <summary>Compares what one section asks for with what the others offer.</summary>
internal static class SectionFit
{
    /// <summary>Checks a spec whose sections are good each by itself.</summary>
    /// <param name="root">The file.</param>
    /// <param name="spec">As it was read from the file.</param>
    /// <param name="vocabulary">What its names stand for.</param>
    public static void Check(Section root, SearchSpec spec, SpecVocabulary vocabulary)
    {
        var algorithm = vocabulary.Algorithms.FirstOrDefault(candidate => candidate.Name == spec.Algorithm.Type);
        var scheduler = vocabulary.Schedulers.FirstOrDefault(candidate => candidate.Name == spec.Scheduler!.Type);
        if (spec.Objectives is { } objectives)
        {
            CheckObjectives(root, spec, objectives, algorithm, scheduler, vocabulary);
        }

        CheckScheduler(root, spec, algorithm, vocabulary);
        StagesFit.Check(root, spec, vocabulary);
        CheckRepeats(root, spec);
        CheckFolds(root, spec);
        TrialFit.Check(root, spec, vocabulary);
        if (spec.Budget.Plateau is not null || spec.WarmStart is not null)
        {
            CheckModel(root, spec, vocabulary);
        }
    }

    private static void CheckObjectives(
        Section root,
        SearchSpec spec,
        ValueArray<ObjectiveSpec> objectives,
        AlgorithmDescriptor? algorithm,
        AlgorithmDescriptor? scheduler,
        SpecVocabulary vocabulary)
    {
        if (algorithm is { SupportsSeveralObjectives: false })
        {
            var others = vocabulary.Algorithms.Where(candidate => candidate.SupportsSeveralObjectives).Select(candidate => candidate.Name);
            root.Error(
                SpecCodes.Objectives,
                root.PlaceOf("algorithm"),
                "algorithm",
                $"algorithm {algorithm.Name} takes one objective, but objectives has {objectives.Count}",
                $"use one of {string.Join(", ", others)}");
        }

        if (scheduler is { SupportsSeveralObjectives: false })
        {
            root.Error(
                SpecCodes.Objectives,
                root.PlaceOf("scheduler"),
                "scheduler",
                $"scheduler {scheduler.Name} takes one objective, but objectives has {objectives.Count}",
                "remove section scheduler");
        }

        if (spec.WarmStart is not null)
        {
            root.Error(
                SpecCodes.Objectives,
                root.PlaceOf("warmStart"),
                "warmStart",
                $"warmStart takes over one value of each trial, but objectives has {objectives.Count}",
                "remove warmStart, or use objective");
        }

        if (spec.Ensemble is not null)
        {
            root.Problems.Warning(
                SpecCodes.Objectives,
                root.PlaceOf("ensemble"),
                "ensemble",
                $"the ensemble takes the best trials of the first objective, {objectives[0].Metric}, and ignores the others",
                "put the objective that matters for the ensemble first");
        }
    }

    private static void CheckScheduler(Section root, SearchSpec spec, AlgorithmDescriptor? algorithm, SpecVocabulary vocabulary)
    {
        var scheduler = spec.Scheduler!.Type;
        if (algorithm?.NeedsScheduler is { } needed && scheduler != needed)
        {
            var isThere = vocabulary.Schedulers.Any(candidate => candidate.Name == needed);
            root.Error(
                SpecCodes.Scheduler,
                root.PlaceOf("scheduler"),
                "scheduler",
                $"algorithm {algorithm.Name} works only with scheduler {needed}, but the scheduler is {scheduler}",
                isThere ? $"write scheduler: {{ type: {needed}, … }}" : "use another algorithm");
        }

        if (scheduler != StandardNames.Scheduler && MeasuredOnce(spec, vocabulary) is { } count)
        {
            root.Problems.Warning(
                SpecCodes.SchedulerUse,
                root.PlaceOf("scheduler"),
                "scheduler",
                $"scheduler {scheduler} compares trials while they run, but each trial is measured once: {count} is 1",
                $"set {count} higher, or remove section scheduler");
        }
    }

    // Names the hyperparameter that makes every trial end after one measurement; null when it is searched or larger.
    private static string? MeasuredOnce(SearchSpec spec, SpecVocabulary vocabulary)
    {
        if (spec.Data?.Split.Folds is not null)
        {
            return null;
        }

        var count = TrialFit.CountOf(spec, vocabulary);
        if (count is null || spec.Space.Parameters.Any(parameter => parameter.Name == count.Name))
        {
            return null;
        }

        var value = spec.Workload.Fixed.TryGet(count.Name, out var given) ? given : count.Default;
        return value == ParameterValue.Integer(1) ? count.Name : null;
    }

    private static void CheckFolds(Section root, SearchSpec spec)
    {
        if (spec.Data is not { Split.Folds: not null } data)
        {
            return;
        }

        if (spec.Scheduler!.Type == PopulationOptions.Descriptor.Name)
        {
            root.Error(
                SpecCodes.Split,
                root.PlaceOf("scheduler"),
                "scheduler",
                "scheduler pbt takes over checkpoints between trials, but with data.split.folds each trial trains one network for each "
                    + "fold",
                "use another scheduler, for example wilcoxon, or shares instead of folds");
        }

        if (data.Format is DataFormat.Series or DataFormat.Text)
        {
            root.Error(
                SpecCodes.Split,
                root.PlaceOf("data"),
                "data",
                $"data.format {data.Format.ToString()!.ToLowerInvariant()} has rows in the order of time, which cannot be divided into "
                    + $"folds",
                "give shares: { train: 0.6, validation: 0.2, test: 0.2 }");
        }
    }

    private static void CheckRepeats(Section root, SearchSpec spec)
    {
        if (spec.Repeats > spec.Budget.Trials)
        {
            root.Error(
                SpecCodes.Repeats,
                root.Find("repeats")!.Value.At,
                "repeats",
                $"repeats is {spec.Repeats}, but must be at most budget.trials, which is {spec.Budget.Trials}: each evaluation is a trial",
                "raise budget.trials, or lower repeats");
        }
    }

    private static void CheckModel(Section root, SearchSpec spec, SpecVocabulary vocabulary)
    {
        var type = spec.Algorithm.Stages?[^1].Algorithm ?? spec.Algorithm.Type;
        var name = type == StandardNames.Algorithm ? AutoRules.Choose(spec).Algorithm : type;
        var words = name == type ? $"algorithm {name}" : $"algorithm {name}, which auto chooses here,";
        if (vocabulary.Algorithms.FirstOrDefault(candidate => candidate.Name == name) is not { } model)
        {
            return;
        }

        if (spec.Budget.Plateau is not null && !model.Predicts)
        {
            var others = vocabulary.Algorithms.Where(candidate => candidate.Predicts).Select(candidate => candidate.Name).ToArray();
            var at = ((Syntax.MappingNode)root.Find("budget")!.Value).Find("plateau")!.Key.At;
            root.Error(
                SpecCodes.Plateau,
                at,
                "budget.plateau",
                $"budget.plateau needs an algorithm that predicts improvements, but {words} does not",
                others.Length > 0 ? $"use algorithm {string.Join(" or ", others)}, or budget.noImprovement" : "use budget.noImprovement");
        }

        if (spec.WarmStart is { } warmStart && WhyNothingIsLearned(spec, model, words, vocabulary) is { } why)
        {
            root.Problems.Warning(
                SpecCodes.WarmStart,
                root.PlaceOf("warmStart"),
                "warmStart",
                $"warmStart only keeps what search {warmStart.From} tried from being tried again: {why}",
                "remove warmStart, or use an algorithm that learns from an earlier search, such as gp");
        }
    }

    /// <summary>Says why a warm start teaches the algorithm nothing.</summary>
    /// <param name="spec">Its stages count, where it has any.</param>
    /// <param name="model">The algorithm that draws last.</param>
    /// <param name="words">How the message names it.</param>
    /// <param name="vocabulary">All algorithms.</param>
    /// <returns>A clause; null where it learns.</returns>
    internal static string? WhyNothingIsLearned(SearchSpec spec, AlgorithmDescriptor model, string words, SpecVocabulary vocabulary)
    {
        if (spec.Algorithm.Stages is { } stages)
        {
            return stages.Any(stage => stage.DataFraction == 1
                && vocabulary.Algorithms.Any(candidate => candidate.Name == stage.Algorithm && Learns(candidate)))
                ? null
                : "no stage on all of the data has an algorithm that learns from another search, and results on a part of the data cannot "
                    + "be compared with it";
        }

        return Learns(model) ? null
            : model.LearnsFromTrials ? $"{words} learns from what trials reach at each resource level, which it knows of its own only"
            : $"{words} does not learn from trials";

        static bool Learns(AlgorithmDescriptor algorithm) => algorithm is { LearnsFromTrials: true, LearnsFromEarlierSearch: true };
    }
}
