using System.Globalization;
using SearchCluster.Contracts.Ensembles;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Ensembles.Members;
using SearchCluster.Models.Ensembles.Scoring;

namespace SearchCluster.Models.Ensembles.Methods;

/// <summary>Divides the training and the validation part into folds and trains the best configuration on all but one, each in turn;
/// measures on the fold left out.</summary>
internal sealed class FoldedMembers(EnsembleSetup setup) : IMemberMaker
{
    private readonly MemberTrainer _trainer = new(
        setup, string.Create(CultureInfo.InvariantCulture, $"{EnsembleMethods.Folds.Name}-{setup.Count}"));

    public EnsembleMembers Make()
    {
        var data = setup.Data;
        var (pool, order) = (data.Train.Join(data.Validation), Order());
        var whyNone = HonestFigures.WhyNoUnseenRows(data);
        var outOfFold = whyNone is null ? _trainer.Votes(pool.Rows) : null;
        var (members, missed) = (new List<VotingMember>(), new MissedByMembers(data));
        foreach (var number in setup.Numbers)
        {
            var member = Train(number, order);
            members.Add(member);
            missed.Add(data.WithTraining(pool.Take(RowsOf(pool.Rows, LeftOutOf(number, order)))));
            outOfFold?.Add(member.Network.PredictRows(pool), LeftOutOf(number, order).Contains);
        }

        var measured = whyNone is null
            ? "oof/ metrics are of the fold left out, by which each member chose its epoch, and so a little optimistic"
            : $"nor oof/ metrics, {whyNone}";
        return new(
            members,
            outOfFold?.Score("oof", setup, pool) ?? ValueMap<double>.Empty,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Members have the configuration of trial {setup.Assignment.Members[0].TrialId} and were trained on all but one of "
                    + $"{setup.Count} folds of the training and validation rows, so there are no val/ metrics; "
                    + $"{measured}.{missed}{setup.LeftOut}"));
    }

    public void TrainOne(int number) => Train(number, Order()).Network.Dispose();

    private VotingMember Train(int number, int[] order)
    {
        var (pool, left) = (setup.Data.Train.Join(setup.Data.Validation), LeftOutOf(number, order));
        var rows = RowsOf(pool.Rows, left);
        return _trainer.Train(
            number,
            setup.Assignment.Members[0],
            setup.Data.WithTraining(pool.Take(rows), pool.Take([.. left.Order().Select(row => (long)row)])),
            rows);
    }

    private static long[] RowsOf(int pool, HashSet<int> left) =>
        [.. Enumerable.Range(0, pool).Where(row => !left.Contains(row)).Select(row => (long)row)];

    private int[] Order()
    {
        // Of rows, or of groups of rows.
        var order = setup.Data.PoolGroups?.Distinct().Order().ToArray()
            ?? [.. Enumerable.Range(0, setup.Data.Train.Rows + setup.Data.Validation.Rows)];
        if (order.Length < setup.Count)
        {
            throw new WorkloadConfigurationException(
                $"The training and validation rows are {Counted.Of(order.Length, "group")}, too few for {setup.Count} folds; ask for fewer "
                    + $"members.");
        }

        SeedSequence.Stream(setup.Seed, StreamPurpose.Bootstrap, -1).Shuffle<int>(order);
        return order;
    }

    private HashSet<int> LeftOutOf(int fold, int[] order)
    {
        var left = order.Where((_, place) => place % setup.Count == fold).ToHashSet();
        return setup.Data.PoolGroups is { } groups
            ? Enumerable.Range(0, groups.Length).Where(row => left.Contains(groups[row])).ToHashSet()
            : left;
    }
}
