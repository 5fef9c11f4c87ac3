using System.Globalization;
using System.Text;
using SearchCluster.Artifacts;
using SearchCluster.Contracts.Workloads;
using SearchCluster.Contracts.Workloads.Options;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.Configuration;

namespace SearchCluster.Models.Workloads.Functions;

/// <summary>The built-in test functions; touches no tensors, so it needs no libtorch.</summary>
/// <remarks>
/// Coordinates are the numbers of the configuration that the descriptor does not name, in ordinal order of their names.
/// Measurement i of n is value + (1 + |value|) × (n - i) / n: it falls to the exact value at i = n. A function with two objectives
/// reports the second one as <c>value2</c>, in the same way.
/// The checkpoint is the number of the last measurement as text. A trial that takes over another's goes on after that one's last
/// measurement, unless it saved a later one of its own since.
/// </remarks>
internal sealed class FunctionWorkload : IComputedWorkload
{
    private static readonly string[] Metrics = ["value", "value2"];

    // A checkpoint beyond this is none of ours.
    private const int MaximumCheckpointBytes = 16;

    public WorkloadDescriptor Descriptor => BuiltinWorkloads.Function;

    public WorkOutcome Run(TrialAssignment assignment, Hyperparameters hyperparameters, WorkContext context)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        var trial = assignment.Lease.Item.TrialId ?? throw new InvalidOperationException("A trial assignment names no trial.");
        var options = hyperparameters.Read<FunctionOptions>();
        var (count, pause) = (options.Measurements, TimeSpan.FromMilliseconds(options.SleepMilliseconds));
        var values = Evaluate(options.Function, hyperparameters.OtherNumbers(BuiltinWorkloads.Function));
        RequireReported(assignment.Plan.Objective, options.Function, values.Length);
        var path = ArtifactPaths.Checkpoint(assignment.Lease.SearchId, trial);
        var done = Math.Min(count, FindDone(context, assignment, path));
        var end = Math.Min(count, assignment.UntilResource ?? count);
        for (var resource = Math.Min(done, assignment.FromResource) + 1; resource <= done; resource++)
        {
            context.Report(Measure(values, resource, count, pause));
        }

        while (done < end)
        {
            if (CancellableWait.For(pause, context))
            {
                return new AttemptHalted(done, done == 0 ? null : Result(assignment, values, done, count, pause));
            }

            done++;
            context.Report(Measure(values, done, count, pause));
            if (done < count && done % assignment.Plan.CheckpointEvery == 0)
            {
                WriteCheckpoint(context, path, done);
            }
        }

        var result = Result(assignment, values, Math.Max(done, 1), count, pause);
        if (done < count)
        {
            WriteCheckpoint(context, path, done);
            return new AttemptCompleted(result, TrainingStop.ResourceLimit);
        }

        return new AttemptCompleted(result, TrainingStop.AllEpochs);
    }

    private static double[] Evaluate(string function, double[] coordinates)
    {
        var exact = TestFunctions.Dimensions(function);
        return coordinates.Length == (exact ?? coordinates.Length) && coordinates.Length >= TestFunctions.MinimumDimensions(function)
            ? TestFunctions.EvaluateAll(function, coordinates)
            : throw new WorkloadConfigurationException(string.Create(
                CultureInfo.InvariantCulture,
                $"Function '{function}' takes "
                    + $"{exact?.ToString(CultureInfo.InvariantCulture) ?? $"at least {TestFunctions.MinimumDimensions(function)}"} "
                    + $"coordinate(s), but the configuration holds {coordinates.Length} other number(s)."));
    }

    // The time is what the pauses add up to, so that the same trial gives the same measurements.
    private static Measurement Measure(double[] values, int resource, int count, TimeSpan pause) => new(
        resource,
        new ValueMap<double>(
            values.Select((value, i) => KeyValuePair.Create(Metrics[i], value + ((1 + Math.Abs(value)) * (count - resource) / count)))),
        pause * resource);

    private static void RequireReported(ObjectiveSpec objective, string function, int objectives)
    {
        if (!Metrics.Take(objectives).Contains(objective.Metric))
        {
            throw new WorkloadConfigurationException(
                $"Function '{function}' reports {string.Join(" and ", Metrics.Take(objectives))}, but the objective is "
                    + $"'{objective.Metric}'; use one of these metrics, or a function with two objectives (zdt1, zdt3).");
        }
    }

    private static TrialResult Result(TrialAssignment assignment, double[] values, int done, int count, TimeSpan pause)
    {
        var history = new MeasurementHistory(assignment.Plan.Objective);
        for (var resource = 1; resource <= done; resource++)
        {
            history.Add(Measure(values, resource, count, pause));
        }

        return new(history.Objective, history.KeptIndex + 1, done, history.Kept.Metrics, pause * done, HasModel: false);
    }

    private static int FindDone(WorkContext context, TrialAssignment assignment, string path)
    {
        var own = ReadCheckpoint(context, path);
        return assignment.CheckpointOf is { } donor && own <= assignment.FromResource
            ? ReadCheckpoint(context, ArtifactPaths.Checkpoint(assignment.Lease.SearchId, donor))
            : own;
    }

    private static int ReadCheckpoint(WorkContext context, string path)
    {
        using var stream = context.Artifacts.OpenRead(path);
        if (stream is null)
        {
            return 0;
        }

        var bytes = new byte[MaximumCheckpointBytes];
        var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return int.TryParse(Encoding.ASCII.GetString(bytes, 0, read), NumberStyles.None, CultureInfo.InvariantCulture, out var done)
            ? done
            : 0;
    }

    private static void WriteCheckpoint(WorkContext context, string path, int done) => context.Artifacts.Write(
        path,
        stream => stream.Write(Encoding.ASCII.GetBytes(done.ToString(CultureInfo.InvariantCulture))),
        ArtifactDurability.ProcessDeath);
}
