using System.Collections.Concurrent;
using SearchCluster.Models.Workloads;
using static TorchSharp.torch;

namespace SearchCluster.Models.Data;

/// <summary>One part of a data set on its device, shared by all trials and never written.</summary>
/// <param name="Features">Normalised values, float32, shape [rows, columns].</param>
/// <param name="Targets">Classes, int64, shape [rows].</param>
/// <param name="Rows">Number of rows.</param>
public sealed record DataPart(Tensor Features, Tensor Targets, int Rows);

/// <summary>What a network needs to know of the data it is built for.</summary>
/// <param name="Columns">Names of the features, in order.</param>
/// <param name="ClassLabels">Names of the classes, in the order of the outputs.</param>
public sealed record DataShape(ValueArray<string> Columns, ValueArray<string> ClassLabels);

/// <summary>A data set, split and normalised, resident on one device.</summary>
public sealed class DataSet
{
    private readonly ConcurrentDictionary<(double, ulong), Lazy<DataSet>> _fractions = new();

    private DataSet(DataShape shape, Normalisation normalisation, DataPart train, DataPart validation, DataPart? test, ValueArray<string> warnings)
    {
        (Shape, Normalisation, Train, Validation, Test, Warnings) = (shape, normalisation, train, validation, test, warnings);
    }

    /// <summary>Features and classes.</summary>
    public DataShape Shape { get; }

    /// <summary>Rows to learn from.</summary>
    public DataPart Train { get; }

    /// <summary>Rows to judge configurations by.</summary>
    public DataPart Validation { get; }

    /// <summary>Rows to judge the result by; null when the split keeps none.</summary>
    public DataPart? Test { get; }

    /// <summary>What a person should know about the data, for example constant features.</summary>
    public ValueArray<string> Warnings { get; }

    internal Normalisation Normalisation { get; }

    /// <summary>The same data with a share of the training rows; the other parts and the scaling stay those of all rows.</summary>
    /// <param name="fraction">Above 0, at most 1; at least one row stays.</param>
    /// <param name="searchSeed">Master seed of the search; a smaller share is a subset of a larger one.</param>
    /// <returns>The data set; the same one for 1.</returns>
    /// <exception cref="WorkloadConfigurationException">The fraction is out of range.</exception>
    internal DataSet WithTrainingFraction(double fraction, ulong searchSeed)
    {
        if (fraction is not (> 0 and <= 1))
        {
            throw new WorkloadConfigurationException(FormattableString.Invariant($"The share of the training data is {fraction}, but must be above 0 and at most 1."));
        }

        return fraction == 1 ? this : _fractions.GetOrAdd((fraction, searchSeed), _ => new(() => new(
            Shape, Normalisation, TrainingShare.Take(Train, fraction, searchSeed), Validation, Test, Warnings))).Value;
    }

    internal static DataSet Create(LabelledRows rows, SplitSpec spec, ulong searchSeed, Device device)
    {
        var split = DataSplit.Create(rows.Classes, spec, searchSeed, rows.Name);
        var normalisation = Normalisation.Fit(rows, split.Train);
        var constant = Normalisation.Constant(rows, split.Train).Select(column => DisplayText.Shorten(rows.Columns[column])).ToList();
        ValueArray<string> warnings = constant.Count == 0 ? [] : [$"{rows.Name}: {constant.Count} feature(s) are constant in the training part and carry nothing: {string.Join(", ", constant.Take(10))}."];
        return new(
            new(rows.Columns, rows.ClassLabels),
            normalisation,
            Load(rows, split.Train, normalisation, device),
            Load(rows, split.Validation, normalisation, device),
            split.Test.Length > 0 ? Load(rows, split.Test, normalisation, device) : null,
            warnings);
    }

    private static DataPart Load(LabelledRows rows, int[] part, Normalisation normalisation, Device device)
    {
        var columns = rows.Columns.Count;
        var features = new float[part.Length * columns];
        var targets = new long[part.Length];
        for (var i = 0; i < part.Length; i++)
        {
            targets[i] = rows.Classes[part[i]];
            for (var column = 0; column < columns; column++)
            {
                var value = normalisation.Apply(rows.Features[(part[i] * columns) + column], column);
                features[(i * columns) + column] = float.IsFinite(value)
                    ? value
                    : throw new DataException("SC3005", $"{rows.Name}: column '{DisplayText.Shorten(rows.Columns[column])}' is not finite after scaling; rescale it.");
            }
        }

        // Cached tensors belong to nobody's dispose scope.
        using var scope = NewDisposeScope();
        return new(
            tensor(features, [part.Length, columns]).to(device).DetachFromDisposeScope(),
            tensor(targets).to(device).DetachFromDisposeScope(),
            part.Length);
    }
}
