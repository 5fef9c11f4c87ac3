namespace SearchCluster.Simulation.Checks;

/// <summary>What is known of an attempt from the journal and from whoever trained it, apart from the product's own state.</summary>
/// <param name="Trial">Its trial's number.</param>
/// <param name="Fence">The number that its lease got.</param>
/// <param name="Worker">Who got it.</param>
/// <param name="Incarnation">The process that got it.</param>
internal sealed record LeaseEntry(int Trial, long Fence, WorkerId Worker, string Incarnation)
{
    /// <summary>What was measured, in order.</summary>
    public List<Measurement> Measured { get; } = [];

    /// <summary>How training ended; null while it goes on.</summary>
    public WorkOutcome? Outcome { get; set; }

    /// <summary>True when its worker has a slot for it.</summary>
    public bool HasSlot { get; set; }

    /// <summary>The last report of it in the journal.</summary>
    public long LastSeq { get; set; }

    /// <summary>The report that ended it; null while it is open, 0 when it ended without one.</summary>
    public long? EndSeq { get; set; }

    /// <summary>The last report of it that the worker was told is kept.</summary>
    public long Acknowledged { get; set; }
}
