using System.Globalization;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Data;
using SearchCluster.Models.Native;
using SearchCluster.Models.Workloads;
using static TorchSharp.torch;

namespace SearchCluster.Models.Sanity;

/// <summary>Finds out whether a configuration can learn at all, before a search spends hours on it: one row, then ten, then a small set,
/// and what an epoch costs.</summary>
/// <remarks>
/// On the first two rungs a network must learn its rows by heart, so dropout, penalties, label smoothing and augmentation are off and the
/// step size stays what it is at the start; the small set is trained as the configuration says, also without them. A network that cannot do
/// that has a fault in its data, its loss or its step size, which no search will find. Source: the ladder is common teaching, for example
/// Karpathy, "A Recipe for Training Neural Networks", 2019.
/// </remarks>
public sealed class SanityLadder
{
    private const int SmallSet = 200;
    private const int FewRowsEpochs = 400;
    private const int SmallSetEpochs = 60;

    // A slow network gets so many epochs whatever the time: fewer tell nothing.
    private const int FewestByHeart = 30, FewestOfSmallSet = 5;
    private static readonly TimeSpan LongestRung = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestTiming = TimeSpan.FromSeconds(5);
    private static readonly string[] Regularisation = ["reg", "labelSmoothing", "maxNorm", "dropoutSamples"];

    private readonly INetworkWorkload _workload;
    private readonly TrialPlan _plan;
    private readonly ParameterValues _values;
    private readonly WorkContext _context;
    private readonly Device _device;
    private readonly DataSet _data;
    private readonly Action<string> _progress;

    private SanityLadder(
        INetworkWorkload workload, TrialPlan plan, ParameterValues values, string device, WorkContext context, Action<string> progress)
    {
        (_workload, _plan, _values, _context, _progress) = (workload, plan, values, context, progress);
        _device = TorchRuntime.OpenDevice(device);
        var spec = plan.Data
            ?? throw new WorkloadConfigurationException($"Workload '{workload.Descriptor.Name}' needs data; give data.source in the spec.");
        _data = workload.Data(plan, spec, _device);
    }

    /// <summary>Climbs the ladder.</summary>
    /// <param name="workloads">What can be trained.</param>
    /// <param name="plan">What is trained on what.</param>
    /// <param name="values">One configuration.</param>
    /// <param name="device"><c>cpu</c>, <c>cuda</c> or <c>cuda:0</c>.</param>
    /// <param name="context">Artifacts of earlier searches (for a pretrained encoder), clock and cancellation.</param>
    /// <param name="progress">Told what comes next.</param>
    /// <returns>What was found. Takes about a minute for small networks, at most some.</returns>
    /// <exception cref="WorkloadConfigurationException">Configuration, data and workload do not fit together,
    /// or the workload trains no network.</exception>
    /// <exception cref="DataException">The data cannot be used.</exception>
    public static SanityReport Run(
        WorkloadCatalog workloads, TrialPlan plan, ParameterValues values, string device, WorkContext context, Action<string> progress)
    {
        ArgumentNullException.ThrowIfNull(workloads);
        ArgumentNullException.ThrowIfNull(plan);
        return workloads.Find(plan.Workload.Builtin) is INetworkWorkload workload
            ? new SanityLadder(workload, plan, values, device, context, progress).Run()
            : throw new WorkloadConfigurationException(
                $"Workload '{plan.Workload.Builtin}' trains no network, so there is nothing to check.");
    }

    private Hyperparameters Plain => Create(plain: true);

    private SanityReport Run()
    {
        using var scope = NewDisposeScope();
        var (initial, expected, parameters) = Initial();
        SanityRung[] rungs =
        [
            Climb("1 row", Rows(1), FewRowsEpochs, isByHeart: true),
            Climb("10 rows", Rows(Math.Min(10, _data.Train.Rows)), FewRowsEpochs, isByHeart: true),
            Climb("a small set", Rows(Math.Min(SmallSet, _data.Train.Rows)), SmallSetEpochs, isByHeart: false),
        ];
        var cost = Cost();
        return new(
            _values,
            _data.Shape,
            (_data.Train.Rows, _data.Validation.Rows, _data.Test?.Rows ?? 0),
            parameters,
            initial,
            expected,
            rungs,
            cost,
            _data.Warnings);
    }

    private (double Loss, double? Expected, long Parameters) Initial()
    {
        _progress("the untrained network");
        var part = Part(Rows(Math.Min(SmallSet, _data.Train.Rows)));
        using var network = Create(Plain, _data.WithTraining(part), null, isAugmented: false);
        return (network.Runner.Evaluate(part)[0], network.Task.UninformedLoss, network.Parameters);
    }

    private SanityRung Climb(string name, long[] rows, int epochs, bool isByHeart)
    {
        _progress($"{name}: train on {rows.Length} of {_data.Train.Rows} rows");
        using var scope = NewDisposeScope();

        // A normalisation over a batch needs two rows.
        var part = Part(rows.Length == 1 ? [rows[0], rows[0]] : rows);
        var data = _data.WithTraining(part);
        using var network = Create(Plain, data, isByHeart ? part.Rows : null, isAugmented: false);
        var start = _context.Clock.GetTimestamp();
        var first = network.Runner.Evaluate(part);
        var (losses, last) = (new List<double> { first[0] }, first);
        var fewest = isByHeart ? FewestByHeart : FewestOfSmallSet;
        for (var epoch = 1; epoch <= epochs
            && (epoch <= fewest || _context.Clock.GetElapsedTime(start) < LongestRung)
            && double.IsFinite(last[0]); epoch++)
        {
            network.Runner.Train(epoch, network.LearningRate, _context.Cancellation.ThrowIfCancellationRequested);
            losses.Add((last = network.Runner.Evaluate(part))[0]);
            if (isByHeart && IsKnownByHeart(network, first, last, isSure: true))
            {
                break;
            }
        }

        if (isByHeart)
        {
            var learned = IsKnownByHeart(network, first, last, isSure: false);
            return new(name, rows.Length, losses, learned, Describe(network, losses, last, learned
                ? "it can learn them by heart"
                : "it cannot learn them by heart: look at data, loss and step size"));
        }

        var improves = double.IsFinite(last[0]) && last[0] < 0.9 * first[0];
        var validation = network.Runner.Evaluate(_data.Validation);
        return new(name, rows.Length, losses, improves, Describe(
            network,
            losses,
            last,
            (improves ? "it learns" : "it does not learn: look at the step size") + $"; on validation rows {Scores(network, validation)}"));
    }

    private bool IsKnownByHeart(SanityNetwork network, double[] first, double[] last, bool isSure)
    {
        if (!double.IsFinite(last[0]))
        {
            return false;
        }

        var accuracy = Enumerable.Range(0, network.Task.Scores.Count)
            .Where(i => network.Task.Scores[i].Name == "accuracy")
            .Select(i => (double?)last[i + 1])
            .FirstOrDefault();
        return _workload.Descriptor.Target switch
        {
            // The loss goes on falling when every answer is right; a sure network is worth a few more steps for the picture.
            TargetKind.Class => accuracy >= 1 && (!isSure || last[0] < 0.1 * first[0]),
            TargetKind.Mask => accuracy >= 0.95 && (!isSure || last[0] < 0.2 * first[0]),
            TargetKind.Numbers => last[0] < 0.05 * first[0],
            _ => last[0] < (isSure ? 0.1 : 0.7) * first[0],
        };
    }

    private static string Describe(SanityNetwork network, List<double> losses, double[] last, string meaning) => string.Create(
        CultureInfo.InvariantCulture,
        $"loss {losses[0]:0.####} to {losses[^1]:0.####} in {losses.Count - 1} epochs, {Scores(network, last)}: {meaning}");

    private static string Scores(SanityNetwork network, double[] values) =>
        string.Join(", ", network.Task.Scores
            .Take(1)
            .Select((score, i) => string.Create(CultureInfo.InvariantCulture, $"{score.Name} {values[i + 1]:0.####}"))
            .DefaultIfEmpty(string.Create(CultureInfo.InvariantCulture, $"loss {values[0]:0.####}")));

    private TrainingCost Cost()
    {
        _progress("time and memory of a step");
        var full = Create(plain: false);
        var (seconds, steps, batchSize) = (0.0, 0, 0);
        using (var network = Create(full, _data, null, isAugmented: true))
        {
            batchSize = network.BatchSize;
            var start = 0L;
            try
            {
                network.Runner.Train(1, network.LearningRate, () =>
                {
                    _context.Cancellation.ThrowIfCancellationRequested();

                    // The first step allocates what the others use again.
                    start = steps == 1 ? _context.Clock.GetTimestamp() : start;
                    if (steps > 1 && _context.Clock.GetElapsedTime(start) > LongestTiming)
                    {
                        throw new EnoughTimedException();
                    }

                    steps++;
                });
            }
            catch (EnoughTimedException)
            {
            }

            var timed = Math.Max(1, steps - 1);
            seconds = steps > 1 ? _context.Clock.GetElapsedTime(start).TotalSeconds / timed : double.NaN;
        }

        var all = (_data.Train.Rows + batchSize - 1) / batchSize;
        var limit = BatchLimit.Find(batchSize, _data.Train.Rows, _device, _context, rows => Step(full, rows));
        return new(seconds * all, all, batchSize, limit.BytesPerRow is { } bytes
            ? (long)(bytes * batchSize)
            : null, limit.Largest, limit.Reason);
    }

    private void Step(Hyperparameters hyperparameters, int rows)
    {
        using var scope = NewDisposeScope();
        using var network = Create(hyperparameters, _data.WithTraining(Part(Rows(rows))), rows, isAugmented: false);
        network.Runner.Train(1, network.LearningRate, _context.Cancellation.ThrowIfCancellationRequested);
    }

    private SanityNetwork Create(Hyperparameters hyperparameters, DataSet data, int? batchSize, bool isAugmented) =>
        new(
            _workload,
            hyperparameters,
            data,
            _plan.SearchSeed,
            _device,
            batchSize,
            isAugmented,
            _context.Artifacts,
            _plan.Workload.Pretrained);

    private Hyperparameters Create(bool plain)
    {
        var values = plain
            ? _workload.Descriptor.Hyperparameters
                .Where(IsRegularisation)
                .Aggregate(_values, (all, one) => all.With(one.Name, Zero(one.Domain)))
            : _values;
        return Hyperparameters.Create(_workload.Descriptor, _plan.Workload.Fixed, values);
    }

    private static bool IsRegularisation(HyperparameterDescriptor hyperparameter) =>
        (Regularisation.Contains(hyperparameter.Name) || hyperparameter.Name.EndsWith("ropout", StringComparison.Ordinal))
            && hyperparameter.Domain.Contains(Zero(hyperparameter.Domain));

    private static ParameterValue Zero(ParameterDomain domain) =>
        domain is IntegerDomain ? ParameterValue.Integer(0) : ParameterValue.Real(0);

    // Evenly spaced, so that sorted files give more than one class.
    private long[] Rows(int count) => [.. Enumerable.Range(0, count).Select(i => (long)i * _data.Train.Rows / count)];

    private DataPart Part(long[] rows) => _data.Train.Take(rows);

    private sealed class EnoughTimedException : Exception;
}
