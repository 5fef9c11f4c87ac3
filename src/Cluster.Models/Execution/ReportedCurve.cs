using System.Globalization;
using SearchCluster.Contracts.Workloads;
using SearchCluster.Models.Attempts;

namespace SearchCluster.Models.Execution;

/// <summary>Holds what a computed workload returns against what it reported, so that objective, metrics and best
/// level of a trial say the same.</summary>
/// <remarks>
/// The reports decide. A result that goes further is one more of them. One that says another value for a level
/// that was reported, or names a best level that never was, fails the trial; where only its summary differs, that of the reports counts,
/// and people are told both.
/// </remarks>
internal sealed class ReportedCurve
{
    private const double Tolerance = 1e-9;

    private readonly TrialAssignment _assignment;
    private readonly WorkContext _outer;
    private readonly List<Measurement> _reports = [];
    private readonly Lock _gate = new();
    private readonly HashSet<string> _declared;
    private bool _isTold;
    private bool _lacksMetric;

    /// <summary>Begins to listen.</summary>
    /// <param name="assignment">The trial.</param>
    /// <param name="descriptor">What its workload says that it reports.</param>
    /// <param name="context">What surrounds it.</param>
    public ReportedCurve(TrialAssignment assignment, WorkloadDescriptor descriptor, WorkContext context)
    {
        (_assignment, _outer) = (assignment, context);
        _declared = [.. descriptor.Metrics];
        Context = context with { Report = Take };
    }

    /// <summary>What the workload gets.</summary>
    public WorkContext Context { get; }

    private string Metric => _assignment.Plan.Objective.Metric;

    private int Last => _reports.Count == 0 ? 0 : _reports[^1].Resource;

    /// <summary>Lets an outcome pass that agrees with the reports.</summary>
    /// <param name="outcome">What the workload returned; what is malformed is for others to refuse.</param>
    /// <returns>The outcome with a result that says what the reports say, or the workload's failure.</returns>
    public WorkOutcome Settle(WorkOutcome outcome) => ReportRules.Problem(outcome) is not null ? outcome : outcome switch
    {
        AttemptCompleted completed => Settle(completed.Result, result => TellOfPart(completed with { Result = result })),
        AttemptHalted { Result: { } halted } ended => Settle(halted, result => ended with { Result = result }),
        _ => outcome,
    };

    private WorkOutcome Settle(TrialResult result, Func<TrialResult, WorkOutcome> with)
    {
        if (Contradiction(result) is { } contradiction)
        {
            return new AttemptFailed(new(TrialFailureKind.WorkloadError, contradiction));
        }

        if (IsOneMore(result))
        {
            Context.Report(new(result.LastResource, result.Metrics, result.Elapsed));
        }

        return with(_assignment.FromResource == 0 ? Agreed(result) : result);
    }

    // Nobody but the workload knows whether it is at its end or at that of the part that it was asked for; at the end of the first part it
    // is hardly ever both.
    private AttemptCompleted TellOfPart(AttemptCompleted completed)
    {
        if (completed.StopReason == TrainingStop.AllEpochs
            && _assignment is { FromResource: 0, UntilResource: { } until }
            && completed.Result.LastResource == until)
        {
            Context.Warn?.Invoke(string.Create(
                CultureInfo.InvariantCulture,
                $"The workload says that it trained to its end at level {until}, where it was asked to pause (UntilResource), so the "
                    + $"scheduler lets it go no further. Where a trial has further levels, return TrainingStop.ResourceLimit there."));
        }

        return completed;
    }

    // What an earlier attempt reported is known to the coordinator alone, which takes the result up.
    private string? Contradiction(TrialResult result)
    {
        if (result.LastResource < Last)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"The result ends at level {result.LastResource}, but the workload reported level {Last}; return the level that was "
                    + $"reached as LastResource.");
        }

        if (!result.Metrics.TryGetValue(Metric, out var value))
        {
            return null;
        }

        if (_reports.Find(report => report.Resource == result.BestResource) is { } best)
        {
            return !best.Metrics.TryGetValue(Metric, out var reported) || IsSame(value, reported) ? null : string.Create(
                CultureInfo.InvariantCulture,
                $"The result says {Metric} {value} at level {result.BestResource}, but the workload reported {reported} for that level; "
                    + $"report each level once, when its value is final, and return what was reported.");
        }

        return !IsAlone && result.BestResource > _assignment.FromResource && !IsOneMore(result) ? string.Create(
            CultureInfo.InvariantCulture,
            $"The result names level {result.BestResource} as its best ({Metric} {value}), but the workload reported nothing for that "
                + $"level and {Last} as its last; report each level that a result may name.") : null;
    }

    /// <summary>Whether the result is all that is known of the trial.</summary>
    private bool IsAlone => _reports.Count == 0 && _assignment.FromResource == 0;

    private bool IsOneMore(TrialResult result) => !IsAlone
        && result.BestResource == result.LastResource
        && result.LastResource > Math.Max(Last, _assignment.FromResource)
        && result.Metrics.ContainsKey(Metric);

    private TrialResult Agreed(TrialResult result)
    {
        if (!result.Metrics.TryGetValue(Metric, out var value))
        {
            return result;
        }

        var history = new MeasurementHistory(_assignment.Plan.Objective);
        _reports.FindAll(report => report.Metrics.ContainsKey(Metric)).ForEach(report => history.Add(report));
        var agreed = result with { Objective = history.Count == 0 ? value : history.Objective };

        // Of saved weights the workload alone knows the level.
        if (!result.HasModel && history.Count > 0 && !IsSame(history.Kept.Metrics[Metric], value))
        {
            agreed = agreed with { BestResource = history.Kept.Resource, Metrics = history.Kept.Metrics };
        }

        if (!IsSame(agreed.Objective, result.Objective) || agreed.BestResource != result.BestResource)
        {
            Context.Warn?.Invoke(string.Create(
                CultureInfo.InvariantCulture,
                $"The result says {Metric} {result.Objective} with level {result.BestResource} as its best, but by what the workload "
                    + $"reported it is {agreed.Objective} with level {agreed.BestResource}; the reports count."));
        }

        return agreed;
    }

    private void Take(Measurement measurement)
    {
        _outer.Report(measurement);
        if (ReportRules.Problem(measurement) is not null)
        {
            return;
        }

        TellOfMetrics(measurement);
        int last;
        lock (_gate)
        {
            last = Last;
            if (measurement.Resource > last)
            {
                _reports.Add(measurement);
                return;
            }

            if (_isTold)
            {
                return;
            }

            _isTold = true;
        }

        Context.Warn?.Invoke(string.Create(
            CultureInfo.InvariantCulture,
            $"The workload reported level {measurement.Resource} after level {last}: levels count from 1 and rise with each report, so "
                + $"this report does not count."));
    }

    // A name that is misspelt would be missed by whoever looks for the right one, and by nobody else.
    private void TellOfMetrics(Measurement measurement)
    {
        List<string> undeclared;
        bool isMissing;
        lock (_gate)
        {
            undeclared = [.. measurement.Metrics.Keys.Where(_declared.Add)];
            isMissing = !_lacksMetric && !measurement.Metrics.ContainsKey(Metric);
            _lacksMetric |= isMissing;
        }

        foreach (var name in undeclared)
        {
            Context.Warn?.Invoke(
                $"The workload reports the metric \"{name}\", which its descriptor does not name: it is kept with the measurements, but no "
                    + $"objective and no chart can ask for it. Name it in Descriptor.Metrics, or do not report it.");
        }

        if (isMissing)
        {
            Context.Warn?.Invoke(string.Create(
                CultureInfo.InvariantCulture,
                $"The workload reports level {measurement.Resource} without {Metric}, the metric of the objective: nothing is decided by "
                    + $"such a report. Give {Metric} with each report."));
        }
    }

    private static bool IsSame(double one, double other) =>
        one.Equals(other)
        || (double.IsFinite(one)
            && double.IsFinite(other)
            && Math.Abs(one - other) <= Tolerance * Math.Max(Math.Abs(one), Math.Abs(other)));
}
