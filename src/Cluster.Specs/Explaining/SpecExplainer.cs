using System.Globalization;
using SearchCluster.Contracts.Ensembles;
using SearchCluster.Contracts.Workloads;
using SearchCluster.Specs.Binding.Run;
using SearchCluster.Specs.Checks;
using SearchCluster.Specs.Rules;
using SearchCluster.Specs.Sections;

namespace SearchCluster.Specs.Explaining;

/// <summary>Makes the explanation of a spec.</summary>
internal static class SpecExplainer
{
    private const string Schema = "searchcluster/spec-explanation@1";

    /// <summary>Explains a spec.</summary>
    public static SpecExplanation Explain(SearchSpec spec, SpecVocabulary vocabulary)
    {
        var workload = vocabulary.Workloads.FirstOrDefault(candidate => candidate.Name == spec.Workload.Builtin)
            ?? throw new ArgumentException($"The vocabulary has no workload {spec.Workload.Builtin}.", nameof(vocabulary));
        var choice = AlgorithmExplainer.Choice(spec);
        var algorithm = AlgorithmExplainer.Find(vocabulary.Algorithms, choice?.Algorithm ?? spec.Algorithm.Type);
        var scheduler = AlgorithmExplainer.Find(vocabulary.Schedulers, spec.Scheduler?.Type ?? StandardNames.Scheduler);
        var grid = algorithm?.Name == "grid" && spec.Space.Parameters.All(parameter => GridAxis.Of(parameter) is not null)
            ? GridSize.Measure(spec.Space)
            : ((System.Numerics.BigInteger Size, string Product)?)null;
        var (count, reason) = TrialCount(spec, grid);
        var learns = algorithm is null || SectionFit.WhyNothingIsLearned(spec, algorithm, algorithm.Name, vocabulary) is null;
        return new SpecExplanation
        {
            Schema = Schema,
            Name = spec.Name.Value,
            Description = spec.Description,
            Workload = workload.Name,
            WorkloadDescription = Describe(workload, spec.Workload.Pretrained),
            Objective = Objective(spec.Objective),
            TrialCount = count,
            TrialCountReason = reason,
            GridSize = grid?.Size.ToString(CultureInfo.InvariantCulture),
            Parameters = spec.Space.Parameters.Select(parameter => ParameterExplainer.Explain(parameter, workload)).ToValueArray(),
            ConditionalCount = spec.Space.Parameters.Count(parameter => parameter.When is { Count: > 0 }),
            ForbiddenCount = spec.Space.Forbidden?.Count ?? 0,
            EnqueuedCount = spec.Enqueue?.Count ?? 0,
            Fixed = spec.Workload.Fixed.Entries,
            Defaults = Defaults(spec, workload),
            Budget = Budget(spec.Budget, spec.Resources?.MemoryBytes),
            Algorithm = spec.Algorithm.Type,
            AlgorithmReason = AlgorithmExplainer.Reason(spec, choice, vocabulary),
            Data = spec.Data is { } data ? Data(data) + TableExplainer.Explain(data.Table) : null,
            EarlyStopping = spec.EarlyStopping is { } stopping ? EarlyStopping(stopping, spec.Objective) : null,
            Ensemble = spec.Ensemble is { } ensemble ? Ensemble(ensemble) : null,
            Seed = spec.Seed,
            Steps = ExplainedSteps.Of(spec, workload, choice, count, learns),
            Chosen = choice?.Algorithm,
            AlgorithmOptions = AlgorithmExplainer.Options(algorithm, spec.Algorithm.Options),
            Stages = AlgorithmExplainer.Stages(spec, vocabulary),
            Scheduler = spec.Scheduler?.Type ?? StandardNames.Scheduler,
            SchedulerReason = AlgorithmExplainer.Sentence(scheduler),
            SchedulerOptions = AlgorithmExplainer.Options(scheduler, spec.Scheduler?.Options ?? ParameterValues.Empty),
            Objectives = spec.Objectives?.Select(Objective).ToValueArray(),
            Repeats = spec.Repeats,
            WarmStart = spec.WarmStart is { } warmStart ? WarmStart(warmStart) : null,
            Round = spec.Reproducible?.Round,
        };
    }

    private static string Ensemble(EnsembleSpec ensemble)
    {
        var combination = RunBinder.Combinations.First(known => known.Value == ensemble.Combine).Word;
        return $"{ensemble.Type} of {ensemble.Members} {EnsembleMethods.Of(ensemble).Unit}, {combination}";
    }

    private static (long? Count, string Reason) TrialCount(SearchSpec spec, (System.Numerics.BigInteger Size, string Product)? grid)
    {
        var trials = spec.Budget.Trials;
        var repeats = spec.Repeats ?? 1;
        if (grid is { } points && (trials is null || points.Size * repeats <= trials))
        {
            var each = repeats > 1 ? string.Create(CultureInfo.InvariantCulture, $", each evaluated {repeats} times") : "";
            return (
                (long)System.Numerics.BigInteger.Min(points.Size * repeats, long.MaxValue),
                $"the grid has {points.Product} points{each}");
        }

        if (trials is not null)
        {
            return (trials, grid is { } larger ? $"budget.trials; the grid has {larger.Product} points" : "budget.trials");
        }

        return (null, "no limit on trials; the other limits of budget end the search");
    }

    private static string WarmStart(WarmStartSpec warmStart)
    {
        var which = warmStart.Top is { } top ? $"the best {Number(top)}" : $"all, at most {Number(SpecLimits.WarmStart)},";
        var taken = warmStart.Observations is { } observations ? $"; {Number(observations.Count)} taken over" : "";
        return $"{which} of the finished trials of search {warmStart.From} that lie in this space{taken}";
    }

    private static string Describe(WorkloadDescriptor workload, PretrainedSpec? pretrained) => pretrained switch
    {
        null => workload.Description,
        { File: { } file } => $"{workload.Description} Its encoder starts from {file}.",
        { Trial: { } trial } => $"{workload.Description} Its encoder is that of trial {trial} of search {pretrained.From}.",
        _ => $"{workload.Description} Its encoder is that of the best trial of search {pretrained.From}.",
    };

    internal static string Objective(ObjectiveSpec objective)
    {
        var direction = objective.Direction == Direction.Minimize ? "minimize" : "maximize";
        var aggregate = objective.Aggregate switch
        {
            ObjectiveAggregate.Best => "best measurement",
            ObjectiveAggregate.Last => "last measurement",
            ObjectiveAggregate.Mean => "mean of all measurements",
            _ => "mean of the last three measurements",
        };
        var target = objective.Target is { } value ? string.Create(CultureInfo.InvariantCulture, $", until {value:R}") : "";
        return $"{direction} {objective.Metric} ({aggregate} of a trial{target})";
    }

    private static ValueMap<ParameterValue> Defaults(SearchSpec spec, WorkloadDescriptor workload) => new(
        from parameter in workload.Hyperparameters
        where parameter.Default is not null
            && !spec.Workload.Fixed.TryGet(parameter.Name, out _)
            && !spec.Space.Parameters.Any(candidate => candidate.Name == parameter.Name)
        select KeyValuePair.Create(parameter.Name, parameter.Default!.Value));

    private static ValueArray<string> Budget(BudgetSpec budget, long? memory)
    {
        var lines = new List<string>();
        Add("trials", budget.Trials is { } trials ? Number(trials) : null);
        Add("time", Format(budget.Time));
        Add("deviceTime", Format(budget.DeviceTime));
        Add("epochs", budget.Epochs is { } epochs ? Number(epochs) : null);
        Add("trialTime", Format(budget.TrialTime));
        Add("memory of a trial", memory is { } bytes ? ByteSize.Format(bytes) : null);
        Add("noImprovement", budget.NoImprovement is { } trialsWithout ? Number(trialsWithout) : null);
        Add("failures", Number(budget.Failures));
        Add("plateau", budget.Plateau is { } plateau
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{plateau.Trials} suggestions in a row with an expected improvement below {plateau.ExpectedImprovement:R}")
            : null);
        return lines.ToValueArray();

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                lines.Add($"{name}: {value}");
            }
        }
    }

    private static string Data(DataSpec data)
    {
        var split = data.Split;
        if (split.Folds is { } folds)
        {
            return $"{data.Source}, "
                + $"{(folds == SplitSpec.LeaveOneOut ? "leaving one row out in turn" : $"{folds} folds, each left out in turn")}"
                + $"{Order(data)}{Groups(split)}; its own test part, if any, to test{Unseen(data)}";
        }

        if (split.TrainRows is { } trainRows)
        {
            return $"{data.Source}, rows {trainRows} to train, {split.ValidationRows} to validate, "
                + $"{(split.TestRows is { } testRows ? $"{testRows}" : "its own test part, if any,")} to test{Groups(split)}{Unseen(data)}";
        }

        var shares = string.Create(CultureInfo.InvariantCulture, $"{split.Train:0.####} / {split.Validation:0.####} / {split.Test:0.####}");
        var rows = data.Limit is { } limit ? data.Format is DataFormat.Series or DataFormat.Text
            ? $", the first {Number(limit)}"
            : $", {Number(limit)} rows drawn by the seed" : "";
        return $"{data.Source}{rows}, train / validation / test {shares}{Order(data)}{Groups(split)}{Unseen(data)}";
    }

    // Classes alone are dealt in proportion, and what has an order is divided where it lies.
    private static string Order(DataSpec data) =>
        data.Format is DataFormat.Series or DataFormat.Text ? ", in the order of the file"
        : data.Split.Stratify && data.Format is not (DataFormat.Segmentation or DataFormat.Keypoints)
            && data.Table is not ({ Answer: TargetKind.Numbers } or { NoAnswer: true }) ? ", stratified"
        : "";

    private static string Groups(SplitSpec split) => split.GroupBy is { } column ? $", no group of {column} in two parts" : "";

    private static string Unseen(DataSpec data) => data.Table?.Unseen switch
    {
        UnseenPolicy.Ignore => "; texts that the training rows lack are ignored",
        UnseenPolicy.Category => "; texts that the training rows lack are a category of their own",
        UnseenPolicy.Error => "; texts that the training rows lack are an error",
        _ => "",
    };

    private static string EarlyStopping(EarlyStoppingSpec stopping, ObjectiveSpec objective)
    {
        var delta = stopping.MinDelta > 0 ? string.Create(CultureInfo.InvariantCulture, $" of at least {stopping.MinDelta:R}") : "";
        var warmup = stopping.Warmup > 0 ? $", after a warm-up of {stopping.Warmup}" : "";
        return $"stops a trial after {stopping.Patience} epochs without an improvement{delta} of "
            + $"{stopping.Metric ?? objective.Metric}{warmup}; keeps the {(stopping.RestoreBest ? "best" : "last")} weights";
    }

    private static string? Format(TimeSpan? time) => time is { } value ? Durations.Of(value) : null;

    private static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
