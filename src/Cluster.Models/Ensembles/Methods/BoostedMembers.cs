using System.Globalization;
using SearchCluster.Contracts.Ensembles;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Data;
using SearchCluster.Models.Ensembles.Members;
using SearchCluster.Models.Ensembles.Predictors;
using static TorchSharp.torch;

namespace SearchCluster.Models.Ensembles.Methods;

/// <summary>Trains the best configuration again and again; rows that were wrong are drawn more often, and
/// members with fewer errors have more weight.</summary>
/// <remarks>
/// SAMME: α = ln((1 - err) / err) + ln(K - 1); weights of wrong rows times e^α. Source: Zhu, Zou, Rosset and Hastie, "Multi-class
/// AdaBoost", Statistics and its Interface 2, 2009. Rows are resampled by their weights (Freund and Schapire 1996), which any loss allows.
/// Ends early when a member is no better than chance.
/// </remarks>
internal sealed class BoostedMembers(EnsembleSetup setup) : IMemberMaker
{
    private const double SmallestError = 1e-6;

    private readonly MemberTrainer _trainer = new(setup, EnsembleMethods.AdaBoost.Name);

    public EnsembleMembers Make()
    {
        var (data, best) = (setup.Data, setup.Assignment.Members[0]);
        if (data.Shape.Target != TargetKind.Class)
        {
            throw new WorkloadConfigurationException($"{EnsembleMethods.AdaBoost.Name} needs one class for each row; use "
                + $"{EnsembleMethods.Bagging.Name}.");
        }

        var (rows, classes) = (data.Train.Rows, data.Shape.Outputs);
        var truth = ClassesOf(data.Train);
        double[] weights = [.. Enumerable.Repeat(1.0 / rows, rows)];
        var (members, missed) = (new List<VotingMember>(), new MissedByMembers(data));
        for (var i = 0; i < setup.Count; i++)
        {
            var drawn = Resample(weights, i);
            var learned = data.WithTraining(data.Train.Take(drawn));
            var member = _trainer.Train(i, best, learned, drawn);
            var predictions = member.Network.PredictRows(data.Train);
            bool[] isWrong = [.. truth.Select((k, row) => Voting.BestClass(predictions, row) != k)];
            var error = Math.Max(SmallestError, weights.Where((_, row) => isWrong[row]).Sum());
            if (error >= 1 - (1.0 / classes) && members.Count > 0)
            {
                member.Network.Dispose();
                break;
            }

            var alpha = Math.Max(SmallestError, Math.Log((1 - error) / error) + Math.Log(classes - 1));
            members.Add(member with { Weight = alpha });
            missed.Add(learned);
            weights = [.. weights.Select((weight, row) => isWrong[row] ? weight * Math.Exp(alpha) : weight)];
            var sum = weights.Sum();
            weights = Array.ConvertAll(weights, weight => weight / sum);
        }

        return new(members, ValueMap<double>.Empty, string.Create(
            CultureInfo.InvariantCulture,
            $"Members have the configuration of trial {best.TrialId} and were boosted (SAMME, by resampling).{missed}"));
    }

    private static long[] ClassesOf(DataPart part)
    {
        using var scope = NewDisposeScope();
        return part.Targets.cpu().to(int64).contiguous().data<long>().ToArray();
    }

    private long[] Resample(double[] weights, int member)
    {
        var stream = SeedSequence.Stream(setup.Seed, StreamPurpose.Bootstrap, member);
        var sums = new double[weights.Length];
        var sum = 0.0;
        for (var row = 0; row < weights.Length; row++)
        {
            sums[row] = sum += weights[row];
        }

        // The first member sees all rows as they are.
        return member == 0
            ? [.. Enumerable.Range(0, weights.Length).Select(row => (long)row)]
            : [.. Enumerable.Range(0, weights.Length).Select(_ => Draw(stream.NextDouble() * sum)).Order()];

        long Draw(double place) => Array.BinarySearch(sums, place) is var found && found < 0 ? Math.Min(~found, sums.Length - 1) : found;
    }
}
