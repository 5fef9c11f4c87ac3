using System.Globalization;
using SearchCluster.Contracts.Workloads;
using SearchCluster.Specs.Binding;
using SearchCluster.Specs.Checks;

namespace SearchCluster.Specs.Explaining;

/// <summary>Makes the explanation of a spec.</summary>
internal static class SpecExplainer
{
    private const string Schema = "searchcluster/spec-explanation@1";

    /// <summary>Explains a spec.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="vocabulary">Its vocabulary.</param>
    /// <returns>The explanation.</returns>
    public static SpecExplanation Explain(SearchSpec spec, SpecVocabulary vocabulary)
    {
        var workload = vocabulary.Workloads.FirstOrDefault(candidate => candidate.Name == spec.Workload.Builtin)
            ?? throw new ArgumentException($"The vocabulary has no workload {spec.Workload.Builtin}.", nameof(vocabulary));
        var grid = spec.Algorithm.Type == "grid" && spec.Space.Parameters.All(parameter => GridAxis.Of(parameter) is not null)
            ? GridSize.Measure(spec.Space)
            : ((System.Numerics.BigInteger Size, string Product)?)null;
        var (count, reason) = TrialCount(spec, grid);
        return new SpecExplanation(
            Schema,
            spec.Name.Value,
            spec.Description,
            workload.Name,
            workload.Description,
            Objective(spec.Objective),
            count,
            reason,
            grid?.Size.ToString(CultureInfo.InvariantCulture),
            spec.Space.Parameters.Select(parameter => ParameterExplainer.Explain(parameter, workload)).ToValueArray(),
            spec.Space.Parameters.Count(parameter => parameter.When is { Count: > 0 }),
            spec.Space.Forbidden?.Count ?? 0,
            spec.Enqueue?.Count ?? 0,
            spec.Workload.Fixed.Entries,
            Defaults(spec, workload),
            Budget(spec.Budget),
            spec.Algorithm.Type,
            AlgorithmReason(spec.Algorithm.Type),
            spec.Data is { } data ? Data(data) : null,
            spec.EarlyStopping is { } stopping ? EarlyStopping(stopping, spec.Objective) : null,
            spec.Ensemble is { } ensemble ? $"{ensemble.Type} of {ensemble.Members} trials, {(ensemble.Combine == EnsembleCombination.Vote ? "vote" : "mean-probability")}" : null,
            spec.Seed,
            Steps(spec, workload, count));
    }

    private static (long? Count, string Reason) TrialCount(SearchSpec spec, (System.Numerics.BigInteger Size, string Product)? grid)
    {
        var trials = spec.Budget.Trials;
        if (grid is { } points && (trials is null || points.Size <= trials))
        {
            return ((long)System.Numerics.BigInteger.Min(points.Size, long.MaxValue), $"the grid has {points.Product} points");
        }

        if (trials is not null)
        {
            return (trials, grid is { } larger ? $"budget.trials; the grid has {larger.Product} points" : "budget.trials");
        }

        return (null, "no limit on trials; the other limits of budget end the search");
    }

    private static string Objective(ObjectiveSpec objective)
    {
        var direction = objective.Direction == Direction.Minimize ? "minimize" : "maximize";
        var aggregate = objective.Aggregate switch
        {
            ObjectiveAggregate.Best => "best measurement",
            ObjectiveAggregate.Last => "last measurement",
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

    private static ValueArray<string> Budget(BudgetSpec budget)
    {
        var lines = new List<string>();
        Add("trials", budget.Trials is { } trials ? Number(trials) : null);
        Add("time", Format(budget.Time));
        Add("deviceTime", Format(budget.DeviceTime));
        Add("epochs", budget.Epochs is { } epochs ? Number(epochs) : null);
        Add("trialTime", Format(budget.TrialTime));
        Add("noImprovement", budget.NoImprovement is { } trialsWithout ? Number(trialsWithout) : null);
        Add("failures", Number(budget.Failures));
        return lines.ToValueArray();

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                lines.Add($"{name}: {value}");
            }
        }
    }

    private static string AlgorithmReason(string type) => type switch
    {
        "grid" => "every combination of the points of all axes, in a fixed order",
        AlgorithmBinder.DefaultAlgorithm => "independent samples of the whole space; also the rule for a spec that names no algorithm",
        _ => "named in the spec",
    };

    private static string Data(DataSpec data)
    {
        var split = data.Split;
        var shares = string.Create(CultureInfo.InvariantCulture, $"{split.Train:0.####} / {split.Validation:0.####} / {split.Test:0.####}");
        var rows = data.Limit is { } limit ? $", first {Number(limit)} rows" : "";
        return $"{data.Source}{rows}, train / validation / test {shares}{(split.Stratify ? ", stratified" : "")}";
    }

    private static string EarlyStopping(EarlyStoppingSpec stopping, ObjectiveSpec objective)
    {
        var delta = stopping.MinDelta > 0 ? string.Create(CultureInfo.InvariantCulture, $" of at least {stopping.MinDelta:R}") : "";
        var warmup = stopping.Warmup > 0 ? $", after a warm-up of {stopping.Warmup}" : "";
        return $"stops a trial after {stopping.Patience} epochs without an improvement{delta} of {stopping.Metric ?? objective.Metric}{warmup}; keeps the {(stopping.RestoreBest ? "best" : "last")} weights";
    }

    private static ValueArray<string> Steps(SearchSpec spec, WorkloadDescriptor workload, long? count)
    {
        var steps = new List<string>();
        var enqueued = spec.Enqueue?.Count ?? 0;
        if (enqueued > 0)
        {
            steps.Add($"try the {Number(enqueued)} enqueued configuration{(enqueued == 1 ? "" : "s")} first");
        }

        var amount = count is { } known ? $"up to {Number(known)}" : "as many as the budget allows";
        steps.Add($"run {amount} trials of {workload.Name}, configurations by algorithm {spec.Algorithm.Type}");
        steps.Add(spec.Resources?.Concurrency is { } most ? $"at most {Number(most)} at once" : "as many at once as the workers have free slots");
        steps.Add($"rank them: {Objective(spec.Objective)}");
        if (spec.Ensemble is { } ensemble)
        {
            steps.Add($"let the best {ensemble.Members} vote, and test the vote beside the best single trial");
        }

        return steps.ToValueArray();
    }

    private static string? Format(TimeSpan? time) => time is { } value ? Durations.Format(value) : null;

    private static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
