using SearchCluster.Models.Ensembles.Members;
using SearchCluster.Models.Ensembles.Predictors;
using SearchCluster.Models.Native;
using SearchCluster.Models.Tasks;
using SearchCluster.Models.Training.Steps;
using static TorchSharp.torch;

namespace SearchCluster.Models.Ensembles.Scoring;

/// <summary>Scores what the members of an ensemble say together.</summary>
/// <remarks>
/// What follows from the combined predictions row by row (loss, accuracy; errors) is computed as in the report of the ensemble. The other scores are those of the
/// trials' task: it is given an output that predicts what the members do together.
/// </remarks>
internal sealed class EnsembleEvaluation(IReadOnlyList<MemberNetwork> members, EnsembleCombination combine, IReadOnlyList<double>? weights)
{
    private readonly MemberNetwork _first = members[0];

    /// <summary>Scores rows.</summary>
    /// <param name="inputs">The same rows for each member, prepared as it wants them.</param>
    /// <param name="answers">Their answers.</param>
    public ModelScores Of(IReadOnlyList<Tensor> inputs, KnownAnswers answers)
    {
        var (shape, rows) = (_first.File.Shape, (int)inputs[0].size(0));
        var (counts, chunks, size) = (new ConfusionCounts(shape, isAutoencoder: false), new List<RowScore[]>(), PartEvaluation.RowsAtOnce(shape));
        Tensor? statistics = null;
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        for (var start = 0; start < rows; start += size)
        {
            using var step = NewDisposeScope();
            var count = Math.Min(size, rows - start);
            var combined = Voting.Combine([.. members.Select((member, i) => MemberNetwork.ToRows(member.Predict(inputs[i].narrow(0, start, count))))], combine, weights);
            chunks.Add(answers.Take(start, count).Score(combined));
            var predictions = ToPredictions(combined, count);
            var batch = new Batch(inputs[0].narrow(0, start, count).to(_first.Device), answers.Targets(start, count, _first.File.TargetScaling, _first.Device));
            counts.Add(() => predictions, batch.Targets);
            if (_first.Task.OutputOf(predictions) is { } output)
            {
                var some = _first.Task.Statistics(output, batch);
                statistics = statistics is null ? some.MoveToOuterDisposeScope() : statistics.Increase(some);
            }
        }

        var metrics = new ValueMap<double>(RowScore.Concat(chunks).Select(score => KeyValuePair.Create(score.Name, score.Mean)));
        if (statistics is not null)
        {
            var scores = _first.Task.Summarise(statistics.cpu().data<double>().ToArray());
            metrics = _first.Task.Scores.Select((score, i) => (score.Name, Value: scores[i])).Aggregate(metrics, (all, score) => all.With(score.Name, score.Value));
        }

        return new(rows, metrics, counts.ToMatrix());
    }

    // As a network answers: the classes of pixels in dimension 1.
    private Tensor ToPredictions(double[,] combined, int rows)
    {
        var all = tensor(combined).to(_first.Device);
        return _first.File.Shape.Target == TargetKind.Mask
            ? all.reshape(rows, _first.File.Shape.Input[1], _first.File.Shape.Input[2], -1).permute(0, 3, 1, 2)
            : all;
    }
}
