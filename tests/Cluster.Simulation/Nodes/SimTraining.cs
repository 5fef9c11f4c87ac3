using SearchCluster.Models.Attempts;

namespace SearchCluster.Simulation.Nodes;

/// <summary>One attempt at a trial, level by level, as the product's own function workload has it.</summary>
internal sealed class SimTraining
{
    private readonly WorkContext _context;
    private readonly SimCluster _cluster;
    private readonly string _checkpoint;
    private readonly int _levels;
    private int _done;

    public SimTraining(TrialAssignment assignment, WorkContext context, SimCluster cluster)
    {
        (Assignment, _context, _cluster) = (assignment, context, cluster);
        _checkpoint = ArtifactPaths.Checkpoint(assignment.Lease.SearchId, Trial);
        _levels = cluster.Plan.LevelsOf(assignment.Values);
        _done = Read();
        context.Pulse?.Begin(assignment.Plan.TrialTime);
        for (var level = Math.Min(_done, assignment.FromResource) + 1; level <= _done; level++)
        {
            Report(level);
        }
    }

    public TrialAssignment Assignment { get; }

    public TimeSpan NextLevelTakes => _cluster.World.Between(0.2, _cluster.Plan.SlowestLevelSeconds);

    private TrialId Trial => Assignment.Lease.Item.TrialId!.Value;

    /// <summary>Trains one level.</summary>
    /// <returns>How the attempt ended; null while it goes on.</returns>
    public WorkOutcome? Next()
    {
        if (_context.Cancellation.IsCancellationRequested)
        {
            Write(_done);
            return new AttemptHalted(_done, _done == 0 ? null : Result());
        }

        var end = Math.Min(_levels, Assignment.UntilResource ?? _levels);
        if (_done < end)
        {
            _done++;
            Report(_done);
            Write(end);
        }

        if (_done < end)
        {
            return null;
        }

        if (_done < _levels)
        {
            return new AttemptCompleted(Result(), TrainingStop.ResourceLimit);
        }

        _context.Artifacts.Write(ArtifactPaths.Model(Assignment.Lease.SearchId, Trial), stream => stream.WriteByte(1));
        return new AttemptCompleted(Result(), TrainingStop.AllEpochs);
    }

    private void Report(int level)
    {
        // Tells the attempts of a trial from each other, whose values are the same.
        var elapsed = TimeSpan.FromSeconds(level) + TimeSpan.FromTicks(Assignment.Lease.Fence % TimeSpan.TicksPerMillisecond);
        var measurement = new Measurement(level, Metrics(level), elapsed);
        _cluster.Ledger.Measured(Assignment.Lease, measurement);
        _context.Report(measurement);
    }

    private TrialResult Result() => new(
        _cluster.Plan.ValueOf(Assignment.Values, _done),
        _done,
        _done,
        Metrics(_done),
        TimeSpan.FromSeconds(_done),
        HasModel: _done == _levels);

    private ValueMap<double> Metrics(int level) =>
        new([new(Assignment.Plan.Objective.Metric, _cluster.Plan.ValueOf(Assignment.Values, level))]);

    private int Read()
    {
        using var stream = _context.Artifacts.OpenRead(_checkpoint);
        return stream?.ReadByte() ?? 0;
    }

    private void Write(int end)
    {
        if (_done == end || _done % Assignment.Plan.CheckpointEvery == 0)
        {
            _context.Artifacts.Write(_checkpoint, stream => stream.WriteByte((byte)_done));
        }
    }
}
