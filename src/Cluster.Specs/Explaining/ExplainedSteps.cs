using System.Globalization;
using SearchCluster.Contracts.Ensembles;
using SearchCluster.Contracts.Workloads;
using SearchCluster.Search.Sampling.Auto;
using SearchCluster.Specs.Sections;

namespace SearchCluster.Specs.Explaining;

/// <summary>Tells what a search does, step by step.</summary>
internal static class ExplainedSteps
{
    /// <summary>Lists the steps.</summary>
    /// <param name="spec">As understood, with defaults.</param>
    /// <param name="workload">What its trials run.</param>
    /// <param name="choice">What algorithm auto stands for, or null.</param>
    /// <param name="count">Most trials, or null.</param>
    /// <param name="learns">Whether the algorithm learns from an earlier search.</param>
    /// <returns>In order.</returns>
    public static ValueArray<string> Of(SearchSpec spec, WorkloadDescriptor workload, AutoChoice? choice, long? count, bool learns)
    {
        var steps = new List<string>();
        if (spec.WarmStart is { } warmStart)
        {
            steps.Add(learns
                ? $"learn from the finished trials of search {warmStart.From}"
                : $"leave out what search {warmStart.From} tried; {spec.Algorithm.Type} learns nothing from it");
        }

        var enqueued = spec.Enqueue?.Count ?? 0;
        if (enqueued > 0)
        {
            steps.Add($"try the {Number(enqueued)} enqueued configuration{(enqueued == 1 ? "" : "s")} first{LeftOut(spec)}");
        }

        var amount = count is { } known ? $"up to {Number(known)}" : "as many as the budget allows";
        var algorithm = choice is null ? spec.Algorithm.Type : $"{choice.Algorithm} ({spec.Algorithm.Type})";
        var stages = spec.Algorithm.Stages is { } list
            ? $" in {Counted.Of(list.Count, "stage")} ({string.Join(", then ", list.Select(stage => stage.Algorithm))})"
            : "";
        steps.Add($"run {amount} trials of {workload.Name}, configurations by algorithm {algorithm}{stages}");
        if (spec.Repeats is { } repeats)
        {
            steps.Add($"evaluate each configuration {Number(repeats)} times, each time with another seed"
                + (spec.Objectives is { Count: > 1 } ? "" : "; the best mean wins"));
        }

        steps.Add(spec.Resources?.Concurrency is { } most
            ? $"at most {Number(most)} at once"
            : "as many at once as the workers have free slots");
        if (spec.Resources?.Priority is { } priority and not 0)
        {
            steps.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"take free slots before searches of a priority below {priority}, and after those above it"));
        }

        if (spec.Reproducible is { } reproducible)
        {
            steps.Add($"choose {Number(reproducible.Round)} trials at a time and wait for all of them before the next ones, so that the "
                + $"number of workers changes nothing");
        }

        if (spec.Scheduler is { } scheduler && scheduler.Type != StandardNames.Scheduler)
        {
            steps.Add($"compare them while they run, by scheduler {scheduler.Type}");
        }

        steps.Add(spec.Objectives is { } objectives
            ? $"keep the trials that no other beats in all of {string.Join(", ", objectives.Select(objective => objective.Metric))}"
            : $"rank them: {SpecExplainer.Objective(spec.Objective)}");
        if (spec.Ensemble is { } ensemble)
        {
            steps.Add($"{EnsembleMethods.Of(ensemble).Describe(ensemble)}, and test the vote beside the best single trial");
        }

        return steps.ToValueArray();
    }

    private static string LeftOut(SearchSpec spec)
    {
        var names = spec.Space.Parameters
            .Where(parameter => spec.Enqueue!.Any(entry => !entry.TryGet(parameter.Name, out _) && parameter.IsActive(entry)))
            .Select(parameter => parameter.Name)
            .ToArray();
        return names.Length == 0 ? "" : $", with random values for what they leave out ({string.Join(", ", names)})";
    }

    private static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
