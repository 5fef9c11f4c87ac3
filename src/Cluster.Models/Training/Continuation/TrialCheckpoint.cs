using System.Globalization;
using SearchCluster.Artifacts;
using SearchCluster.Models.Checkpoints;
using SearchCluster.Models.Optimizers;
using SearchCluster.Models.Training.Steps;

namespace SearchCluster.Models.Training.Continuation;

/// <summary>A trial at the end of an epoch: weights, kept weights, optimizer state and all measurements.</summary>
/// <remarks>
/// That is the whole state: step sizes and the order of batches are functions of the epoch, random streams of seed and epoch, and
/// objective, kept epoch and patience of the measurements. So a resumed trial gives the same numbers, bit for
/// bit, as one that was not interrupted.
/// </remarks>
internal sealed class TrialCheckpoint
{
    private const string Weights = "weights", Kept = "kept", OptimizerState = "optimizer";
    private const string History = "history/metrics", Elapsed = "history/elapsed";
    private const string EpochKey = "epoch", IdentityKey = "identity", BackEndKey = "optimizer", MetricsKey = "metrics";

    private readonly ILookup<string, StoredTensor> _groups;
    private readonly Dictionary<string, StoredTensor> _all;
    private readonly IReadOnlyDictionary<string, string> _metadata;

    private TrialCheckpoint(SafeTensorsFile file)
    {
        _metadata = file.Metadata;
        _all = file.Tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        _groups = file.Tensors.ToLookup(tensor => tensor.Name.Split('/')[0], StringComparer.Ordinal);
    }

    /// <summary>Writes the state after the last measurement.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="identity">What the trial is: a checkpoint of another configuration is refused.</param>
    /// <param name="network">Weights.</param>
    /// <param name="optimizer">Its state.</param>
    /// <param name="metrics">Names of the metrics.</param>
    /// <param name="measurements">All so far, at least one.</param>
    public static void Write(
        Stream stream,
        string identity,
        TrialNetwork network,
        IParameterOptimizer optimizer,
        ValueArray<string> metrics,
        IReadOnlyList<Measurement> measurements)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [EpochKey] = measurements.Count.ToString(CultureInfo.InvariantCulture),
            [IdentityKey] = identity,
            [BackEndKey] = optimizer.BackEnd,
            [MetricsKey] = string.Join(' ', metrics),
        };
        Envelope.Write(stream, EnvelopeKind.Checkpoint, new(metadata,
        [
            .. network.StoreWeights().Select(tensor => tensor.Under(Weights)),
            .. network.StoreKept().Select(tensor => tensor.Under(Kept)),
            .. optimizer.Save().Select(tensor => tensor.Under(OptimizerState)),
            StoredTensor.Of(
                History, [.. measurements.SelectMany(m => metrics.Select(metric => m.Metrics[metric]))], measurements.Count, metrics.Count),
            StoredTensor.Of(Elapsed, [.. measurements.Select(m => (double)m.Elapsed.Ticks)], measurements.Count),
        ]));
    }

    /// <summary>Reads and verifies a checkpoint; nothing is changed by it.</summary>
    public static TrialCheckpoint Read(Stream stream) => new(Envelope.Read(stream, EnvelopeKind.Checkpoint));

    /// <summary>Checks that the whole checkpoint fits, then takes it over.</summary>
    /// <param name="identity">What the trial is; null to accept any configuration of the same network.</param>
    /// <param name="network">Gets the weights.</param>
    /// <param name="optimizer">Gets the state.</param>
    /// <param name="metrics">Names of the metrics.</param>
    /// <exception cref="ArtifactException">SC4006: it belongs to another trial, network or optimizer; nothing was changed.</exception>
    public IReadOnlyList<Measurement> Restore(
        string? identity, TrialNetwork network, IParameterOptimizer optimizer, ValueArray<string> metrics)
    {
        if (identity is not null)
        {
            Expect(IdentityKey, identity);
        }

        Expect(BackEndKey, optimizer.BackEnd);
        Expect(MetricsKey, string.Join(' ', metrics));
        var (weights, kept, state) = (Group(Weights), Group(Kept), Group(OptimizerState));
        network.Check(weights);
        network.Check(kept);
        optimizer.Check(state);
        var measurements = ReadMeasurements(metrics);

        network.LoadWeights(weights);
        network.LoadKept(kept);
        optimizer.Load(state);
        return measurements;
    }

    private List<Measurement> ReadMeasurements(ValueArray<string> metrics)
    {
        if (!int.TryParse(_metadata.GetValueOrDefault(EpochKey), NumberStyles.None, CultureInfo.InvariantCulture, out var epochs)
            || epochs < 1)
        {
            throw TensorCodec.Mismatch("it does not tell its epoch");
        }

        TensorCodec.CheckShape(History, _all, StoredType.F64, [epochs, metrics.Count]);
        TensorCodec.CheckShape(Elapsed, _all, StoredType.F64, [epochs]);
        var (values, ticks) = (_all[History].ToDoubles(), _all[Elapsed].ToDoubles());
        return [.. Enumerable.Range(0, epochs).Select(epoch => new Measurement(
            epoch + 1,
            new ValueMap<double>(metrics.Select((metric, index) => KeyValuePair.Create(metric, values[(epoch * metrics.Count) + index]))),
            TimeSpan.FromTicks((long)ticks[epoch])))];
    }

    private void Expect(string key, string expected)
    {
        if (_metadata.GetValueOrDefault(key) is var found && found != expected)
        {
            throw TensorCodec.Mismatch($"its {key} is '{found}', expected '{expected}'");
        }
    }

    private Dictionary<string, StoredTensor> Group(string prefix) => _groups[prefix].ToDictionary(
        tensor => tensor.Name[(prefix.Length + 1)..],
        tensor => tensor with { Name = tensor.Name[(prefix.Length + 1)..] },
        StringComparer.Ordinal);
}
