using Akka.Persistence;
using SearchCluster.Coordinator.Actors.Searches;
using SearchCluster.Search.State;
using SearchCluster.Search.State.Evolution;
using SearchCluster.Simulation.Engine;
using SearchCluster.Simulation.Nodes;
using SearchCluster.Simulation.Storage;

namespace SearchCluster.Simulation.Checks;

/// <summary>Looks on: keeps what was measured, written and said, and finds what must not be. It shares no code with what decides.</summary>
internal sealed partial class Ledger(World world, SearchPlan plan, SimArtifacts artifacts, SimCluster cluster)
{
    // So long after a blow to the coordinator nobody is blamed for a lease that ends.
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(25);
    // A hello takes a moment from the manager to the search, and an end that was decided waits for the journal.
    private static readonly TimeSpan OnTheWay = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Decided = TimeSpan.FromSeconds(7);

    private static readonly TimeSpan DrainGrace = TimeSpan.FromSeconds(10);

    private readonly Dictionary<long, LeaseEntry> _leases = [];
    private readonly Dictionary<int, LeaseEntry> _open = [];
    private readonly HashSet<int> _finished = [];
    private readonly Dictionary<LeaseKey, TimeSpan> _heard = [];
    private TimeSpan _disturbed = TimeSpan.FromDays(-1);
    private long _lastFence;
    private long _rows;
    private bool _isCompleted;
    private RankedTrial? _best;

    /// <summary>What the journal leads to, event by event.</summary>
    public SearchState? State { get; private set; }

    /// <summary>The first thing that must not be; null for none.</summary>
    public Violation? Violation { get; private set; }

    /// <summary>Workers that the coordinator has said are drained, and since when.</summary>
    public Dictionary<WorkerId, TimeSpan> Drained { get; } = [];

    /// <summary>Leases that are current.</summary>
    public IEnumerable<LeaseKey> OpenLeases => State?.Leases.Values.Select(lease => lease.Key) ?? [];

    /// <summary>Counted by a planted bug.</summary>
    public long HellosHeard { get; set; }

    private static string SearchRows => SearchActor.PersistenceIdPrefix + "simulated";

    public void Violate(string rule, string what)
    {
        if (Violation is null)
        {
            Violation = new Violation(rule, what, world.Now);
            world.Note($"VIOLATION of {rule}: {what}");
        }
    }

    /// <summary>Something happened to the coordinator or its journal.</summary>
    public void Disturbed() => _disturbed = world.Now;

    /// <summary>Training measured a level.</summary>
    public void Measured(LeaseKey lease, Measurement measurement) => Entry(lease)?.Measured.Add(measurement);

    /// <summary>Training ended; the host has it on disk from here on.</summary>
    public void Ended(LeaseKey lease, WorkOutcome outcome)
    {
        if (Entry(lease) is { } entry)
        {
            entry.Outcome = outcome;
        }
    }

    /// <summary>A slot takes an attempt up.</summary>
    public void GotSlot(LeaseKey lease)
    {
        if (Entry(lease) is { } entry)
        {
            entry.HasSlot = true;
        }
    }

    /// <summary>A snapshot is saved.</summary>
    public void Saved(SnapshotMetadata metadata, object snapshot)
    {
        if (metadata.PersistenceId == SearchRows && snapshot is SearchSnapshot saved && State is { } state
            && saved.Revision == state.Revision && !saved.Equals(SearchSnapshots.ToSnapshot(state)))
        {
            Violate("replay", $"the snapshot of event {metadata.SequenceNr} is not what the events lead to");
        }
    }

    /// <summary>An event is in the journal.</summary>
    public void Appended(string persistenceId, IPersistentRepresentation row)
    {
        if (persistenceId != SearchRows)
        {
            return;
        }

        var e = (ISearchEvent)row.Payload;
        world.Note($"journal {row.SequenceNr}: {EventText.Of(e)}");
        if (row.SequenceNr != ++_rows)
        {
            Violate("R02", $"event {row.SequenceNr} is written after event {_rows - 1}: what was confirmed is gone");
            _rows = row.SequenceNr;
        }

        Check(e);
        State = SearchEvolver.Apply(State, e);
        CheckState(State);
    }

    /// <summary>Looks at the end at what was acknowledged.</summary>
    public void CheckEnd()
    {
        foreach (var entry in _leases.Values.Where(entry => entry.Acknowledged > 0 && entry.Acknowledged > entry.LastSeq))
        {
            Violate("R02", $"report {entry.Acknowledged} of trial {entry.Trial} was acknowledged and is not in the journal");
        }

        if (_finished.Count != plan.Budget)
        {
            Violate("R06", $"{_finished.Count} trials finished, the budget is {plan.Budget}");
        }
    }

    private LeaseEntry? Entry(LeaseKey lease) => _leases.GetValueOrDefault(lease.Fence);

    private void Check(ISearchEvent e)
    {
        if (_isCompleted)
        {
            Violate("end", $"{EventText.Of(e)} after the search was over");
        }

        switch (e)
        {
            case SearchEvents.AttemptStarted started:
                Start(started);
                break;
            case SearchEvents.MeasurementReported report:
                Report(report.TrialId, report.Fence, report.Seq, report.Measurement.Resource, report.Measurement);
                break;
            case SearchEvents.MeasurementIgnored ignored:
                Report(ignored.TrialId, ignored.Fence, ignored.Seq, ignored.Resource, null);
                break;
            case SearchEvents.WarningReported { Fence: > 0, Item.TrialId: { } trial } warning:
                Warn(trial, warning.Fence, warning.Seq);
                break;
            case SearchEvents.AttemptEnded ended:
                End(ended.Item.TrialId!.Value, ended.Fence, ended.Seq, EventText.Of(e));
                CheckLoss(ended);
                break;
            case SearchEvents.TrialFinished finished:
                Finish(finished);
                break;
            case SearchEvents.SearchCompleted:
                _isCompleted = true;
                break;
        }
    }

    private void Start(SearchEvents.AttemptStarted started)
    {
        var trial = started.Item.TrialId!.Value.Number;
        if (started.Fence <= _lastFence)
        {
            Violate("fences grow", $"trial {trial} gets fence {started.Fence} after {_lastFence}");
        }

        if (_open.TryGetValue(trial, out var other))
        {
            Violate("R05", $"trial {trial} gets fence {started.Fence} while {other.Fence} is current");
        }

        if (_finished.Contains(trial))
        {
            Violate("R02", $"trial {trial} is tried again though it is finished");
        }

        _lastFence = Math.Max(_lastFence, started.Fence);
        var entry = new LeaseEntry(trial, started.Fence, started.WorkerId, started.Incarnation);
        _leases[started.Fence] = entry;
        _open[trial] = entry;
        if (_finished.Count + _open.Count > plan.Budget)
        {
            Violate("R06", $"{_finished.Count} finished and {_open.Count} running trials, the budget is {plan.Budget}");
        }

        // A wish that comes a second time, late, undoes the newer one.
        if (Drained.TryGetValue(started.WorkerId, out var since) && world.Now - since > DrainGrace && cluster.Faults.Duplicate == 0)
        {
            Violate("R24", $"trial {trial} starts on {started.WorkerId}, which is drained");
        }
    }

    private void Report(TrialId trial, long fence, long seq, int resource, Measurement? measurement)
    {
        if (Current(trial, fence) is not { } entry)
        {
            return;
        }

        if (seq != entry.LastSeq + 1)
        {
            Violate("R02", $"report {seq} of trial {trial} is written after {entry.LastSeq}");
        }

        entry.LastSeq = seq;
        var measured = entry.Measured.ElementAtOrDefault((int)seq - 1);
        if (measured?.Resource != resource || (measurement is not null && !measured.Equals(measurement)))
        {
            Violate("R04", $"report {seq} of trial {trial}, fence {fence}, is not what that attempt measured");
        }
    }

    private void Warn(TrialId trial, long fence, long seq)
    {
        if (Current(trial, fence) is { } entry)
        {
            if (seq != entry.LastSeq + 1)
            {
                Violate("R02", $"warning {seq} of trial {trial} is written after {entry.LastSeq}");
            }

            entry.LastSeq = seq;
        }
    }

    private void Finish(SearchEvents.TrialFinished finished)
    {
        if (!_finished.Add(finished.TrialId.Number))
        {
            Violate("R02", $"trial {finished.TrialId} finishes twice");
        }

        if (_open.ContainsKey(finished.TrialId.Number))
        {
            var entry = End(finished.TrialId, finished.Fence, finished.Seq, EventText.Of(finished));
            if (finished.State == TrialState.Completed && entry is not null
                && (entry.Outcome as AttemptCompleted)?.Result.Objective != finished.Result?.Objective)
            {
                Violate("R04", $"trial {finished.TrialId} finishes with a result that its attempt {finished.Fence} did not bring");
            }
        }

        if (finished.State == TrialState.Failed)
        {
            Violate("R11", $"trial {finished.TrialId} fails: {finished.Failure?.Message}");
        }
    }

    private LeaseEntry? End(TrialId trial, long fence, long seq, string what)
    {
        if (Current(trial, fence) is not { } entry)
        {
            return null;
        }

        if (seq > 0 && seq != entry.LastSeq + 1)
        {
            Violate("R02", $"{what} comes with report {seq} after {entry.LastSeq}");
        }

        entry.LastSeq = Math.Max(entry.LastSeq, seq);
        entry.EndSeq = seq;
        _open.Remove(trial.Number);
        return entry;
    }

    private LeaseEntry? Current(TrialId trial, long fence)
    {
        if (_open.TryGetValue(trial.Number, out var entry) && entry.Fence == fence)
        {
            return entry;
        }

        Violate("R04", $"attempt {fence} of trial {trial} changes the search and is not current");
        return null;
    }

    private void CheckLoss(SearchEvents.AttemptEnded ended)
    {
        var isSilence = ended.Failure?.Message.StartsWith("No heartbeat", StringComparison.Ordinal) == true;
        var lease = _leases.GetValueOrDefault(ended.Fence);
        var isGivenUp = ended.End is AttemptEnd.Lost or AttemptEnd.Released && ended.Seq == 0 && !isSilence;

        // A hello that comes late again tells what its worker held before: nobody is blamed then.
        if (isGivenUp && lease?.Outcome is AttemptCompleted && cluster.Faults.Duplicate == 0)
        {
            Violate("R15", $"attempt {ended.Fence} of {ended.Item} had finished, and is tried again: {ended.Failure?.Message}");
        }

        if (ended.End != AttemptEnd.Lost || !isSilence || world.Now - _disturbed < Calm)
        {
            return;
        }

        var heard = _heard.Where(pair => pair.Key.Fence == ended.Fence).Select(pair => (TimeSpan?)pair.Value).SingleOrDefault();
        if (world.Now - heard is { } silence && silence > OnTheWay && silence < SimCluster.LeaseTime - Decided)
        {
            Violate("R15", $"attempt {ended.Fence} of {ended.Item} ends as silent though its worker was heard {silence} ago");
        }
    }

    private void CheckState(SearchState state)
    {
        if (state.Leases.Count != _open.Count)
        {
            Violate("R05", $"the state has {state.Leases.Count} open leases, the events {_open.Count}");
        }

        if (state.Ranking.Count == 0)
        {
            return;
        }

        var best = state.Ranking[0];
        if (_best is { } before && best.CompareTo(before) > 0)
        {
            Violate("R12", $"the best was {before.Loss} of trial {before.Trial} and is {best.Loss} of trial {best.Trial}");
        }

        _best = best;
        var trial = state.Trials[best.Trial];
        if (!trial.IsFinished || !_finished.Contains(best.Trial))
        {
            Violate("R12", $"the best, trial {best.Trial}, is not finished");
        }

        if (trial.Result is { HasModel: true } && !artifacts.Exists(ArtifactPaths.Model(state.SearchId, trial.Id)))
        {
            Violate("R12", $"the best, trial {best.Trial}, has no model");
        }
    }
}
