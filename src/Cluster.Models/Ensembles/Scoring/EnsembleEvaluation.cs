using SearchCluster.Models.Ensembles.Members;
using SearchCluster.Models.Ensembles.Predictors;
using static TorchSharp.torch;

namespace SearchCluster.Models.Ensembles.Scoring;

/// <summary>Scores what the members of a saved ensemble say together.</summary>
internal sealed class EnsembleEvaluation(IReadOnlyList<MemberNetwork> members, EnsembleCombination combine, IReadOnlyList<double>? weights)
{
    /// <summary>Scores rows.</summary>
    /// <param name="inputs">The same rows for each member, prepared as it wants them.</param>
    /// <param name="answers">Their answers.</param>
    public ModelScores Of(IReadOnlyList<Tensor> inputs, KnownAnswers answers)
    {
        using var scope = NewDisposeScope();
        var (first, rows) = (members[0], (int)inputs[0].size(0));
        var scores = JointScores.Of(first).Of(rows, Predict, (start, count) =>
            new(inputs[0].narrow(0, start, count).to(first.Device), answers.Targets(start, count, first.File.TargetScaling, first.Device)));
        return new(rows, scores.Metrics, scores.Confusion);

        double[,] Predict(int start, int count) =>
            Voting.Combine(
                [.. members.Select((member, i) => MemberNetwork.ToRows(member.Predict(inputs[i].narrow(0, start, count))))],
                combine,
                weights);
    }
}
