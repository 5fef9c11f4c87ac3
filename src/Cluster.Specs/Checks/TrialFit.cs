using System.Globalization;
using SearchCluster.Contracts.Workloads;
using SearchCluster.Search.Scheduling.Rungs;
using SearchCluster.Search.Scheduling.Wilcoxon;
using SearchCluster.Specs.Sections;

namespace SearchCluster.Specs.Checks;

/// <summary>Compares what a spec asks of trials with what a trial of its workload is: who looks at its measurements, how many there are,
/// and how many trials there will be.</summary>
internal static class TrialFit
{
    // The hyperparameters that say how often a trial of a workload is measured.
    private static readonly string[] MeasurementCounts = ["epochs", "measurements"];

    // The option that says from which measurement on a scheduler decides, the one that matters most first.
    private static readonly string[] FirstDecisions = ["min", "interval", "patience", "grace"];

    /// <summary>Checks a spec whose sections are good each by itself.</summary>
    /// <param name="root">The file.</param>
    /// <param name="spec">As it was read from the file.</param>
    /// <param name="vocabulary">What its names stand for.</param>
    public static void Check(Section root, SearchSpec spec, SpecVocabulary vocabulary)
    {
        var workload = vocabulary.Workloads.First(candidate => candidate.Name == spec.Workload.Builtin);
        if (spec.EarlyStopping is not null && workload.IsComputed)
        {
            root.Error(
                SpecCodes.Patience,
                root.PlaceOf("earlyStopping"),
                "earlyStopping",
                $"earlyStopping ends the training of networks, but workload {workload.Name} runs by itself, so nothing would look at its "
                    + $"epochs",
                $"remove section earlyStopping, or write scheduler: {{ type: patience, patience: {spec.EarlyStopping.Patience} }}");
        }

        CheckEnqueued(root, spec);
        CheckLineSearch(root, spec, workload);
        if (spec.Scheduler!.Type == WilcoxonOptions.Descriptor.Name && !workload.IsComputed && spec.Data?.Split.Folds is null)
        {
            root.Error(
                SpecCodes.Scheduler,
                root.PlaceOf("scheduler"),
                "scheduler",
                "scheduler wilcoxon compares trials fold by fold, but data.split has no folds: the epochs of one training are no "
                    + "independent pairs",
                "give data.split folds, or use another scheduler, for example median");
            return;
        }

        CheckReach(root, spec, vocabulary);
    }

    /// <summary>Refuses metrics of the test part where trials are judged by what is measured each epoch.</summary>
    /// <param name="root">The file.</param>
    /// <param name="workload">The workload, or null when unknown.</param>
    /// <param name="objectives">The objectives, or null after a problem; all but the first are taken from the result of a trial.</param>
    /// <param name="stopping">Section <c>earlyStopping</c>.</param>
    public static void CheckMetrics(
        Section root, WorkloadDescriptor? workload, ValueArray<ObjectiveSpec>? objectives, EarlyStoppingSpec? stopping)
    {
        if (workload is not { IsComputed: false })
        {
            return;
        }

        if (objectives is [var first, ..])
        {
            Refuse(objectives.Count > 1 ? "objectives" : "objective", first.Metric);
        }

        Refuse("earlyStopping", stopping?.Metric);

        void Refuse(string key, string? metric)
        {
            if (metric?.StartsWith("test/", StringComparison.Ordinal) == true)
            {
                root.Error(
                    SpecCodes.Metric,
                    root.PlaceOf(key),
                    key,
                    $"{key} has metric {metric}, but the test part is measured once, when a trial is over; what trials are judged by is "
                        + $"measured each epoch",
                    $"choose by {string.Concat("val/", metric.AsSpan(5))}, and look at {metric} at the end");
            }
        }
    }

    /// <summary>Finds the hyperparameter that says how often a trial is measured.</summary>
    /// <param name="spec">Names the workload.</param>
    /// <param name="vocabulary">What its names stand for.</param>
    /// <returns>Null when the workload has none.</returns>
    public static HyperparameterDescriptor? CountOf(SearchSpec spec, SpecVocabulary vocabulary) =>
        vocabulary.Workloads.First(candidate => candidate.Name == spec.Workload.Builtin)
            .Hyperparameters.FirstOrDefault(parameter => MeasurementCounts.Contains(parameter.Name));

    private static void CheckEnqueued(Section root, SearchSpec spec)
    {
        var (count, repeats) = (spec.Enqueue?.Count ?? 0, spec.Repeats ?? 1);
        if (spec.Budget.Trials is { } trials && (long)count * repeats > trials)
        {
            root.Problems.Warning(
                SpecCodes.Enqueued,
                root.PlaceOf("enqueue"),
                "enqueue",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"enqueue has {count} configurations{(repeats > 1 ? $", each tried {repeats} times" : "")}, but budget.trials is "
                        + $"{trials}: the last ones are not tried"),
                "raise budget.trials, or remove some");
        }
    }

    private static void CheckReach(Section root, SearchSpec spec, SpecVocabulary vocabulary)
    {
        if (FirstDecision(spec, vocabulary) is (var option, var first) && Longest(spec, vocabulary) is (var count, var longest)
            && longest > 1 && first >= longest)
        {
            root.Problems.Warning(
                SpecCodes.SchedulerUse,
                root.PlaceOf("scheduler"),
                "scheduler",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"scheduler {spec.Scheduler!.Type} never decides before a trial ends by itself: {option} is {first}, and {count} is "
                        + $"{longest}"),
                "compare earlier, let trials train longer, or remove section scheduler");
        }
        else if (WhatDoesNotFit(spec, vocabulary) is { } misfit)
        {
            root.Problems.Warning(
                SpecCodes.SchedulerUse,
                root.PlaceOf("scheduler"),
                "scheduler",
                $"scheduler {spec.Scheduler!.Type}: {misfit}",
                "correct the option, or leave it out where it has a default");
        }
    }

    /// <summary>Rungs above the end of a trial, and brackets that have no rungs of their own.</summary>
    private static string? WhatDoesNotFit(SearchSpec spec, SpecVocabulary vocabulary)
    {
        var options = vocabulary.Schedulers.FirstOrDefault(candidate => candidate.Name == spec.Scheduler!.Type)?.Options ?? [];
        long? Of(string name) => options.FirstOrDefault(option => option.Name == name) is { } option ? Level(spec, option) : null;
        if (Of("max") is not { } max || !spec.Scheduler!.Options.TryGet("max", out _))
        {
            return null;
        }

        if (Longest(spec, vocabulary) is (var count, var longest) && longest > 1 && max > longest)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"max, the length of a whole trial, is {max}, but {count} is {longest}: what lies above is never reached");
        }

        var reduction = options.FirstOrDefault(option => option.Name == "reduction") is { } factor
            && (spec.Scheduler.Options.TryGet(factor.Name, out var given) ? given : factor.Default) is { } value
            && value.TryGetNumber(out var number) ? number : new HalvingOptions().Reduction;
        if (Of("brackets") is not { } brackets || Of("min") is not { } min || min > max)
        {
            return null;
        }

        var fit = new HalvingOptions { Max = (int)max, Min = (int)min, Reduction = reduction }.Levels.Length + 1;
        return brackets <= fit ? null : string.Create(
            CultureInfo.InvariantCulture, $"brackets is {brackets}, but only {fit} fit between min and max; {fit} are used");
    }

    // Its line search asks for the loss and the gradient of one function, again and again.
    private static void CheckLineSearch(Section root, SearchSpec spec, WorkloadDescriptor workload)
    {
        if (!MayBe(spec, workload, "optimizer", value => value.ToString() == "lbfgs"))
        {
            return;
        }

        foreach (var name in (string[])["gradientClip", "maxNorm"])
        {
            if (MayBe(spec, workload, name, value => value.TryGetNumber(out var limit) && limit > 0))
            {
                root.Problems.Warning(
                    SpecCodes.NotAccepted,
                    root.PlaceOf("workload"),
                    "workload",
                    $"optimizer lbfgs with {name}: its line search follows the exact gradient of the loss, which {name} changes behind its "
                        + "back, so it does not find the minimum",
                    $"leave {name} out with lbfgs, for example by a condition, or use reg; or use another optimizer");
            }
        }
    }

    private static bool MayBe(SearchSpec spec, WorkloadDescriptor workload, string name, Func<ParameterValue, bool> holds) =>
        spec.Space.Parameters.FirstOrDefault(parameter => parameter.Name == name) is { } searched
            ? searched.When is null or { Count: 0 } && searched.Domain switch
            {
                ItemDomain items => items.Items.Any(holds),
                _ => true,
            }
            : workload.Hyperparameters.Any(parameter => parameter.Name == name)
                && spec.Workload.Fixed.TryGet(name, out var constant) && holds(constant);

    /// <summary>From which measurement on the scheduler decides, and the option that says so; null without such an option.</summary>
    private static (string Option, long Level)? FirstDecision(SearchSpec spec, SpecVocabulary vocabulary)
    {
        var scheduler = vocabulary.Schedulers.FirstOrDefault(candidate => candidate.Name == spec.Scheduler!.Type);
        foreach (var name in FirstDecisions)
        {
            if (scheduler?.Options.FirstOrDefault(option => option.Name == name) is { } option)
            {
                return Level(spec, option) switch
                {
                    > 0 and var level => (name, level),
                    0 when name == "min" && scheduler.Options.FirstOrDefault(other => other.Name == "max") is { } most
                        && Level(spec, most) is { } max => ("max / 27", Math.Max(1, max / 27)),
                    _ => null,
                };
            }
        }

        return null;
    }

    private static long? Level(SearchSpec spec, HyperparameterDescriptor option) =>
        (spec.Scheduler!.Options.TryGet(option.Name, out var given) ? given : option.Default) is { } value
            && value.TryGetInteger(out var number) ? number : null;

    /// <summary>How often a trial is measured at most, and what says so; null when nobody knows.</summary>
    private static (string Name, long Count)? Longest(SearchSpec spec, SpecVocabulary vocabulary)
    {
        if (spec.Data?.Split.Folds is { } folds)
        {
            return folds == SplitSpec.LeaveOneOut ? null : ("data.split.folds", folds);
        }

        if (CountOf(spec, vocabulary) is not { } count)
        {
            return null;
        }

        if (spec.Space.Parameters.FirstOrDefault(parameter => parameter.Name == count.Name) is { } searched)
        {
            return searched.Domain is IntegerDomain domain ? ($"the most of {count.Name}", domain.Max) : null;
        }

        var value = spec.Workload.Fixed.TryGet(count.Name, out var given) ? given : count.Default;
        return value is { } fixedValue && fixedValue.TryGetInteger(out var number) ? (count.Name, number) : null;
    }
}
