using SearchCluster.Contracts.Ensembles;
using SearchCluster.Models.Ensembles.Members;
using SearchCluster.Models.Ensembles.Scoring;

namespace SearchCluster.Models.Ensembles.Methods;

/// <summary>Trains the best configurations again, each on a bootstrap sample of the training part; measures on
/// the rows that a member did not see.</summary>
/// <remarks>Source: Breiman, "Bagging Predictors", Machine Learning 24, 1996; out-of-bag estimates: Breiman,
/// technical report, 1996.</remarks>
internal sealed class BaggedMembers(EnsembleSetup setup) : IMemberMaker
{
    private readonly MemberTrainer _trainer = new(setup, EnsembleMethods.Bagging.Name);

    public EnsembleMembers Make()
    {
        var (data, trials) = (setup.Data, setup.Assignment.Members);
        var whyNone = HonestFigures.WhyNoUnseenRows(data);
        var outOfBag = whyNone is null ? _trainer.Votes(data.Train.Rows) : null;
        var (members, missed) = (new List<VotingMember>(), new MissedByMembers(data));
        foreach (var number in setup.Numbers)
        {
            var rows = Rows(number);
            var member = Train(number, rows);
            members.Add(member);
            missed.Add(data.WithTraining(data.Train.Take(rows)));
            var seen = rows.ToHashSet();
            outOfBag?.Add(member.Network.PredictRows(data.Train), row => !seen.Contains(row));
        }

        return new(
            members,
            outOfBag?.Score("oob", setup, data.Train) ?? ValueMap<double>.Empty,
            $"Members have the {Math.Min(setup.Count, trials.Count)} best configurations and were trained on bootstrap samples; "
                + $"{(whyNone is null ? "oob/ metrics are of rows that a member did not see" : $"there are no oob/ metrics, {whyNone}")}."
                + $"{missed}{setup.LeftOut}");
    }

    public void TrainOne(int number) => Train(number, Rows(number)).Network.Dispose();

    private VotingMember Train(int number, long[] rows)
    {
        var trials = setup.Assignment.Members;
        return _trainer.Train(number, trials[number % trials.Count], setup.Data.WithTraining(setup.Data.Train.Take(rows)), rows);
    }

    private long[] Rows(int number)
    {
        var (stream, rows) = (SeedSequence.Stream(setup.Seed, StreamPurpose.Bootstrap, number), setup.Data.Train.Rows);
        if (setup.Data.PoolGroups is not { } groups)
        {
            return [.. Enumerable.Range(0, rows).Select(_ => (long)(stream.NextDouble() * rows)).Order()];
        }

        // Of rows that belong together all are drawn or none, so that no row that a member is measured on has a twin among those it saw.
        long[][] whole = [.. Enumerable.Range(0, rows)
            .GroupBy(row => groups[row])
            .Select(group => group.Select(row => (long)row).ToArray())];
        return [.. whole.SelectMany(_ => whole[(int)(stream.NextDouble() * whole.Length)]).Order()];
    }
}
