using Akka.Persistence;

namespace SearchCluster.Coordinator.Actors.Searches;

/// <summary>Says when a snapshot is due and which older ones are superseded.</summary>
/// <remarks>
/// The distance grows with the journal (a tenth of it), so that writing snapshots of a growing state costs a constant factor and
/// recovery reads at most a tenth of the events. The two newest snapshots stay; events are never deleted.
/// </remarks>
internal sealed class SnapshotSchedule(int interval)
{
    private long _requestedAt;
    private long _savedAt;

    /// <summary>Tells whether to take one now; it counts as taken then.</summary>
    /// <param name="sequenceNr">Number of the last event.</param>
    /// <returns>True when due.</returns>
    public bool IsDue(long sequenceNr)
    {
        if (sequenceNr - _requestedAt < Math.Max(interval, sequenceNr / 10))
        {
            return false;
        }

        _requestedAt = sequenceNr;
        return true;
    }

    /// <summary>Notes the snapshot that recovery started from.</summary>
    /// <param name="sequenceNr">Its number.</param>
    public void Saved(long sequenceNr) => _requestedAt = _savedAt = sequenceNr;

    /// <summary>Notes a saved snapshot.</summary>
    /// <param name="sequenceNr">Its number.</param>
    /// <returns>Which snapshots can go: all before the one before it.</returns>
    public SnapshotSelectionCriteria Superseded(long sequenceNr)
    {
        var keepFrom = _savedAt == 0 ? sequenceNr : _savedAt;
        _savedAt = sequenceNr;
        return new SnapshotSelectionCriteria(keepFrom - 1);
    }
}
