using System.Globalization;
using SearchCluster.Search.State.Evolution;

namespace SearchCluster.Search.Decisions.Trials;

/// <summary>What is decided of attempts that lost the process of their worker, and what is said of it.</summary>
/// <remarks>A loss beside others is charged to nobody; whoever lost two processes like that runs alone from then on, where each
/// further loss is its own. So a trial that ends its worker is given up after two losses and one more than <c>retry.max</c>.</remarks>
internal static class LostWorkers
{
    private const int MostTold = 3;
    private const string Company = " Other trials ran, or may have run, in the same process, so none of them is charged for it.";

    /// <summary>What a search tells when the first of its trials is to run alone: why slots beside it stay empty.</summary>
    public const string Warning =
        "The process of a worker ended twice while several trials ran in it, so nobody knows which of them ended it. Such trials run alone "
            + "in a process now, one "
        + "after the other, until each got further than before: the one that ends its process is found, and no other is charged for it. "
        + "The slots beside it stay empty meanwhile; `searchcluster logs` tells how the processes ended.";

    public static WorkerLoss Of(LeaseRecord lease, SearchCommands.ExpireLease command) =>
        new(command.Explanation.TrimEnd('.'), lease.IsAlone || !command.IsShared);

    /// <summary>The failure of an attempt that is tried again.</summary>
    public static AttemptFailure Failure(SearchCommands.ExpireLease command, WorkerLoss loss) => new(
        TrialFailureKind.WorkerLost,
        command.Explanation + (loss.IsAlone ? "" : Company),
        command.Detail);

    /// <summary>The failure of an attempt that is the last one.</summary>
    /// <param name="item">What it ran, as tables name it.</param>
    /// <param name="draft">The decision.</param>
    /// <param name="before">The losses before this one.</param>
    /// <param name="loss">This one.</param>
    /// <param name="failure">What is known of it.</param>
    public static AttemptFailure GivenUp(
        string item, DecisionDraft draft, ValueArray<WorkerLoss> before, WorkerLoss loss, AttemptFailure failure)
    {
        List<WorkerLoss> all = [.. before, loss];
        var alone = all.Count(one => one.IsAlone);
        var times = all.Count == 1 ? "once" : string.Create(CultureInfo.InvariantCulture, $"{all.Count} times");
        var company = alone == all.Count
            ? "each time alone in it"
            : string.Create(CultureInfo.InvariantCulture, $"{alone} of them alone in it");
        var ways = all.AsEnumerable().Reverse().Select(one => one.How).Distinct(StringComparer.Ordinal).ToList();
        var told = string.Join("; ", ways.Take(MostTold)) + (ways.Count > MostTold ? "; …" : "");
        var max = (draft.State.Spec.Retry ?? RetrySpec.Default).Max;
        return failure with
        {
            Message = string.Create(
                CultureInfo.InvariantCulture,
                $"Given up: it lost the process of its worker {times} without getting further, {company}, and retry.max is {max}. How, the "
                    + $"last first: {told}. ")
                + $"See searchcluster explain {draft.SearchId} {item} and searchcluster logs; correct the workload, or leave such values "
                    + $"out of the space, "
                + (Extension.EndsAgainBy(draft.State, draft.At) is null
                    ? $"then go on with searchcluster resume {draft.SearchId} --trials +1."
                    : "then search on under another name: searchcluster run SPEC --name NEW."),
        };
    }
}
