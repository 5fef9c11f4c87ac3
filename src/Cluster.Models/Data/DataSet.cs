using System.Collections.Concurrent;
using System.Globalization;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Data.Splits;
using SearchCluster.Models.Data.Storage;
using SearchCluster.Models.Native;
using static TorchSharp.torch;

namespace SearchCluster.Models.Data;

/// <summary>A data set, split and preprocessed, resident on one device and shared by all trials of a process.</summary>
public sealed class DataSet
{
    private readonly ConcurrentDictionary<(double, ulong), Lazy<DataSet>> _fractions = new();
    private readonly Lazy<long[]> _classCounts;

    private DataSet(
        DataShape shape,
        InputPreprocessing preprocessing,
        TargetScaling targetScaling,
        DataPart train,
        DataPart validation,
        DataPart? test,
        ValueArray<string> warnings,
        Device device)
    {
        (Shape, Preprocessing, TargetScaling, Train, Validation, Test, Warnings, Device) = (
            shape, preprocessing, targetScaling, train, validation, test, warnings, device);
        _classCounts = new(CountClasses);
    }

    /// <summary>Where networks that learn from it lie, and its rows unless they are kept on disk.</summary>
    public Device Device { get; }

    /// <summary>Inputs and answers.</summary>
    public DataShape Shape { get; }

    /// <summary>How raw rows become inputs.</summary>
    public InputPreprocessing Preprocessing { get; }

    /// <summary>Scaling of the numbers to answer; empty where the answer is a class.</summary>
    public TargetScaling TargetScaling { get; }

    /// <summary>Rows to learn from.</summary>
    public DataPart Train { get; }

    /// <summary>Rows to judge configurations by.</summary>
    public DataPart Validation { get; }

    /// <summary>Rows to judge the result by; null when the split keeps none.</summary>
    public DataPart? Test { get; }

    /// <summary>What a person should know about the data, for example constant features.</summary>
    public ValueArray<string> Warnings { get; }

    /// <summary>Which bytes the rows were read from; null where they come with the product.</summary>
    internal DataIdentity? Identity { get; private init; }

    /// <summary>True for rows in the order of time: a row is much like its neighbours, whose steps it shares.</summary>
    internal bool IsOrdered { get; private init; }

    /// <summary>How many folds the rows divide into, of which this is one; null without folds.</summary>
    internal int? Folds { get; private init; }

    /// <summary>Group of each row of the training part, then of the validation part; null where each row is alone.</summary>
    internal int[]? PoolGroups { get; private init; }

    /// <summary>What a share of the training rows lacks that all of them have, in a sentence; null for nothing, and for all rows.</summary>
    internal string? ShareWarning { get; private init; }

    /// <summary>Turns stored inputs into what the network sees; cheap for tables, one pass over the pixels for images.</summary>
    /// <param name="inputs">Some rows of <see cref="DataPart.Inputs"/>.</param>
    /// <returns>Float32 or int64, in the caller's dispose scope.</returns>
    public Tensor Prepare(Tensor inputs) => Preprocessing.Prepare(inputs);

    /// <summary>Counts the training rows of each class, or the training pixels where each pixel has one.</summary>
    /// <returns>One count for each class; empty where the answer is numbers.</returns>
    public long[] TrainClassCounts() => [.. _classCounts.Value];

    /// <summary>The same data with a share of the training rows; the other parts and the preprocessing stay those of all rows.</summary>
    /// <param name="fraction">Above 0, at most 1; at least one row stays.</param>
    /// <param name="searchSeed">Master seed of the search; a smaller share is a subset of a larger one.</param>
    /// <returns>The data set; the same one for 1.</returns>
    /// <exception cref="WorkloadConfigurationException">The fraction is out of range.</exception>
    internal DataSet WithTrainingFraction(double fraction, ulong searchSeed)
    {
        if (fraction is not (> 0 and <= 1))
        {
            throw new WorkloadConfigurationException(
                string.Create(
                    CultureInfo.InvariantCulture, $"The share of the training data is {fraction}, but must be above 0 and at most 1."));
        }

        return fraction == 1
            ? this
            : _fractions.GetOrAdd(
                (fraction, searchSeed), _ => new(() => Share(fraction, searchSeed))).Value;
    }

    private DataSet Share(double fraction, ulong searchSeed)
    {
        var share = WithTraining(TrainingShare.Take(Train, fraction, searchSeed));
        return ShareCoverage.Missing(this, share) is not { Count: > 0 } missing ? share
            : new(Shape, Preprocessing, TargetScaling, share.Train, Validation, Test, Warnings, Device)
            {
                Identity = Identity,
                IsOrdered = IsOrdered,
                ShareWarning = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{share.Train.Rows} of {Train.Rows} training rows (dataFraction: {fraction}) "
                        + $"lack {missing.Count} of the classes and categories that all of them have, "
                        + $"so that trials of this stage know nothing of those: {ShareCoverage.List(missing)}; "
                        + $"where that decides between configurations, give the stage a larger dataFraction."),
            };
    }

    /// <summary>The same data with other training rows, for example a bootstrap sample or a fold.</summary>
    /// <param name="train">The training part.</param>
    /// <param name="validation">The validation part; null for the present one.</param>
    internal DataSet WithTraining(DataPart train, DataPart? validation = null) =>
        new(Shape, Preprocessing, TargetScaling, train, validation ?? Validation, Test, Warnings, Device)
        {
            Identity = Identity,
            IsOrdered = IsOrdered,
        };

    internal static DataSet Create(
        Samples samples, SplitSpec spec, ulong searchSeed, Device device, DataStorage storage = DataStorage.Memory)
    {
        var split = DataSplit.Create(samples, spec, searchSeed);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var fitted = samples.Fit(split.Train);
        return new(
            fitted.Shape,
            fitted.Preprocessing,
            fitted.TargetScaling,
            Load(split.Train),
            Load(split.Validation),
            split.Test.Length > 0 ? Load(split.Test) : null,
            [.. samples.Notes, .. samples.Groups?.Notes.Select(note => $"{samples.Name}: {note}") ?? [],
                .. split.Warn(samples, spec), .. fitted.Warnings, .. samples.Classes is { } classes
                ? new ClassCoverage(samples.Name, classes, split, spec.Folds is not null).Warnings()
                : []],
            device)
        {
            Identity = samples.Identity,
            IsOrdered = samples.IsOrdered,
            Folds = spec.Folds is null ? null : DataSplit.FoldsOf(samples, spec),
            PoolGroups = samples.Groups is { } groups ? [.. split.Train.Concat(split.Validation).Select(row => groups.Of[row])] : null,
        };

        // Cached tensors belong to nobody's dispose scope.
        DataPart Load(int[] part) => DataPart.Of(fitted.Inputs, fitted.Targets, Array.ConvertAll(part, row => (long)row), device, storage);
    }

    private long[] CountClasses()
    {
        if (Shape.Target == TargetKind.Numbers)
        {
            return [];
        }

        using var scope = NewDisposeScope();
        var counts = zeros([Shape.ClassLabels.Count], int64);
        foreach (var chunk in Train.Chunks(MappedTensor.RowsAtOnce(Train.Targets)))
        {
            using var step = NewDisposeScope();
            var classes = chunk.Targets.flatten();
            counts.Increase(classes.masked_select(classes.ge(Scalars.Of(0L))).bincount(null, minlength: Shape.ClassLabels.Count).cpu());
        }

        return counts.data<long>().ToArray();
    }
}
