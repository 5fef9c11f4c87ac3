using SearchCluster.Contracts.Workloads;
using SearchCluster.Specs.Sections;
using SearchCluster.Specs.Syntax;

namespace SearchCluster.Specs.Binding.Data;

/// <summary>Tells from section <c>data</c> whether the rows of a table are to be answered.</summary>
internal static class AnswerBinder
{
    private const string None = "none";

    /// <summary>What <c>answer</c> may be. Without an answer there is no kind of it either.</summary>
    public static (string Word, TargetKind? Kind)[] Words { get; } =
        [("class", TargetKind.Class), ("numbers", TargetKind.Numbers), (None, null)];

    // Each of these says that there is a target.
    private static readonly string[] OfTarget = ["answer", "threshold", "medianSplit"];

    /// <summary>Tells whether a named target is a column to leave out: a workload that reads no answers asks nothing of it, least of all a
    /// label in each row.</summary>
    /// <param name="data">Section <c>data</c>.</param>
    /// <param name="workload">The workload, or null when unknown.</param>
    public static bool LeavesOut(Section data, WorkloadDescriptor? workload) => workload is { IgnoresAnswer: true }
        && data.Find("target") is not null
        && !OfTarget.Any(key => data.Find(key) is not null)
        && data.Find("images") is null;

    /// <summary>Tells whether nothing is to be answered: where that is said, and for workloads that ignore answers where no target
    /// is.</summary>
    /// <param name="data">Section <c>data</c>.</param>
    /// <param name="workload">The workload, or null when unknown.</param>
    /// <param name="targets">The columns of <c>target</c>; null for none.</param>
    /// <param name="ships">Whether the data come with the product, which know their label.</param>
    public static bool IsNone(Section data, WorkloadDescriptor? workload, ValueArray<string>? targets, bool ships)
    {
        if (data.Find("target")?.Value is SequenceNode { Items.Count: 0 })
        {
            data.Error(
                SpecCodes.Data,
                data.PlaceOf("target"),
                "target",
                "target is an empty list, but names at least one column",
                $"write answer: {None} where nothing is to be answered, or leave target out, which means the last column");
        }

        if ((data.Find("answer")?.Value as ScalarNode)?.Text != None)
        {
            return workload is { IgnoresAnswer: true }
                && targets is null
                && !ships
                && !OfTarget.Any(key => data.Find(key) is not null)
                && data.Find("images") is null;
        }

        if (targets is not null)
        {
            data.Error(
                SpecCodes.Data,
                data.PlaceOf("answer"),
                "answer",
                $"answer is {None}, but target names {targets[0]}",
                "remove one of them; data.exclude leaves a column out of the inputs");
        }
        else if (workload is { IgnoresAnswer: false })
        {
            data.Error(
                SpecCodes.Data,
                data.PlaceOf("answer"),
                "answer",
                $"answer is {None}, but workload {workload.Name} learns answers",
                "name the column of the answer in target, or use workload autoencoder or vae");
        }
        else if (ships)
        {
            data.Error(
                SpecCodes.Data, data.PlaceOf("answer"), "answer", $"answer is {None}, but these data have their own label", "remove it");
        }

        return true;
    }
}
