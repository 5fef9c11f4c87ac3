namespace SearchCluster.Hosting.Persistence.Leases;

/// <summary>A coordinator that has the lease of a journal, or would take it.</summary>
/// <param name="Run">Random, of this start of a process.</param>
/// <param name="Pid">Its process.</param>
/// <param name="Host">Its machine.</param>
/// <param name="Url">Address of its HTTP API.</param>
/// <param name="ClusterAddress">Its address for workers, <c>host:port</c>; null where it takes none, or the port is not known before it is
/// active.</param>
/// <param name="Version">Of its program.</param>
public sealed record LeaseClaim(string Run, int Pid, string Host, string Url, string? ClusterAddress, string Version);

/// <summary>A coordinator that stands by.</summary>
/// <param name="Claim">Who it is.</param>
/// <param name="Since">Since when it stands by, by the clock of the database.</param>
public sealed record StandbyClaim(LeaseClaim Claim, DateTimeOffset Since);

/// <summary>The lease of a journal, as the database tells it.</summary>
/// <param name="Epoch">How often it was taken; 0 for never.</param>
/// <param name="Holder">Who has it, or had it last and did not give it back; null where it was given back.</param>
/// <param name="Since">When that one took it, by the clock of the database.</param>
/// <param name="IsLive">True while nobody else may take it.</param>
/// <param name="Standbys">Who looked within the last seconds, the one that asks among them; the longest one first.</param>
public sealed record LeaseView(
    long Epoch, LeaseClaim? Holder, DateTimeOffset Since, bool IsLive, ValueArray<StandbyClaim> Standbys);
