using System.Globalization;
using SearchCluster.Search.Sampling;
using SearchCluster.Search.Scheduling;
using SearchCluster.Search.Scheduling.PopulationBased;

namespace SearchCluster.Runner;

/// <summary>The specification that a run stands for, checked like one from a file.</summary>
internal static class RunnerSpec
{
    /// <summary>Name under which values are reported.</summary>
    public const string Metric = "value";

    private const int MostConcurrency = 1_024;

    public static SearchSpec Of(SearchSpace space, BudgetSpec budget, Direction direction, RunnerOptions options)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(budget);
        SpaceRules.Check(space);
        CheckBudget(budget);
        if (options.Patience < TimeSpan.Zero)
        {
            throw new ArgumentException($"Patience is {Durations.Of(options.Patience)}, but must be at least 0 s.", nameof(options));
        }

        if (options.Concurrency is < 1 or > MostConcurrency)
        {
            throw new ArgumentException($"Concurrency is {options.Concurrency}, but must be from 1 to {MostConcurrency}.", nameof(options));
        }

        var algorithm = Find(SamplerCatalog.Descriptors, options.Algorithm.Type, options.Algorithm.Options, "Algorithm");
        var scheduler = Find(TrialSchedulerCatalog.Descriptors, options.Scheduler.Type, options.Scheduler.Options, "Scheduler");
        CheckFit(algorithm, scheduler, options.Algorithm);
        foreach (var values in options.Enqueue)
        {
            SpaceRules.CheckPart(space, values);
        }

        return new SearchSpec
        {
            Name = new SearchId("run"),
            Workload = new WorkloadSpec("objective", WholeTrial(scheduler, options.Scheduler)),
            Objective = new ObjectiveSpec(Metric, direction, options.Target, ObjectiveAggregate.Last, options.OnNonFinite),
            Space = space,
            Budget = budget,
            Algorithm = options.Algorithm,
            Seed = options.Seed,
            Enqueue = options.Enqueue.Count > 0 ? options.Enqueue.ToValueArray() : null,
            Scheduler = options.Scheduler,
            Resources = new ResourcesSpec(options.Concurrency),
        };
    }

    // A function ends by itself: with this a scheduler does not stop a trial for having reached the resource of a whole one.
    private static ParameterValues WholeTrial(AlgorithmDescriptor scheduler, SchedulerSpec spec) =>
        scheduler.Options.Any(option => option.Name == "max") && spec.Options.TryGet("max", out var max)
            ? new([new("measurements", max)])
            : ParameterValues.Empty;

    private static void CheckBudget(BudgetSpec budget)
    {
        if (budget is { Trials: null, Time: null, DeviceTime: null, Epochs: null })
        {
            throw new ArgumentException(
                "The budget has no limit, but needs at least one of trials, time, device time and epochs; for example new "
                    + "BudgetSpec(Trials: 100).",
                nameof(budget));
        }

        (string Name, string Value, bool IsWrong)[] limits =
        [
            Count(nameof(budget.Trials), budget.Trials, 1),
            Time(nameof(budget.Time), budget.Time),
            Time(nameof(budget.DeviceTime), budget.DeviceTime),
            Count(nameof(budget.Epochs), budget.Epochs, 1),
            Time(nameof(budget.TrialTime), budget.TrialTime),
            Count(nameof(budget.NoImprovement), budget.NoImprovement, 1),
            Count(nameof(budget.Failures), budget.Failures, 0),
        ];
        if (Array.Find(limits, limit => limit.IsWrong) is { Name: { } name } wrong)
        {
            throw new ArgumentException(
                $"{name} of the budget is {wrong.Value}, but must be {(name == nameof(budget.Failures) ? "at least 0" : "above 0")}.",
                nameof(budget));
        }
    }

    private static (string Name, string Value, bool IsWrong) Count(string name, long? count, long least) =>
        (name, count?.ToString(CultureInfo.InvariantCulture) ?? "", count < least);

    private static (string Name, string Value, bool IsWrong) Time(string name, TimeSpan? time) =>
        (name, time is { } given ? Durations.Of(given) : "", time <= TimeSpan.Zero);

    private static void CheckFit(AlgorithmDescriptor algorithm, AlgorithmDescriptor scheduler, AlgorithmSpec spec)
    {
        if (scheduler.Name == PopulationOptions.Descriptor.Name)
        {
            throw new ArgumentException(
                "Scheduler pbt lets trials go on from the checkpoints of others, which a function does not have; use another scheduler, or "
                    + "a workload.",
                nameof(scheduler));
        }

        if (algorithm.NeedsScheduler is { } needed && scheduler.Name != needed)
        {
            throw new ArgumentException(
                $"Algorithm {algorithm.Name} works only with scheduler {needed}, but the scheduler is {scheduler.Name}; set it.",
                nameof(scheduler));
        }

        if (algorithm.HasStages && spec.Stages is not { Count: >= 2 })
        {
            throw new ArgumentException(
                $"Algorithm {algorithm.Name} has {spec.Stages?.Count ?? 0} stages, but needs at least 2; give them.", nameof(spec));
        }
    }

    private static AlgorithmDescriptor Find(ValueArray<AlgorithmDescriptor> known, string type, ParameterValues options, string what)
    {
        var descriptor = known.FirstOrDefault(candidate => candidate.Name == type)
            ?? throw new ArgumentException(
                $"{what} \"{type}\" does not exist; use one of {string.Join(", ", known.Select(candidate => candidate.Name))}.",
                nameof(type));
        foreach (var (name, value) in options.Entries)
        {
            var option = descriptor.Options.FirstOrDefault(candidate => candidate.Name == name)
                ?? throw new ArgumentException(
                    $"{what} {type} has no option \"{name}\"; its options are "
                        + $"{string.Join(", ", descriptor.Options.Select(candidate => candidate.Name))}.",
                    nameof(options));
            if (!option.Domain.Contains(value))
            {
                throw new ArgumentException($"Option {name} of {type} is {value}, but must be {option.Domain}.", nameof(options));
            }
        }

        var missing = descriptor.Options.FirstOrDefault(
            option => option is { Default: null, IsOptional: false } && !options.TryGet(option.Name, out _));
        return missing is null
            ? descriptor
            : throw new ArgumentException($"{what} {type} needs option {missing.Name}: {missing.Description}", nameof(options));
    }
}
