namespace SearchCluster.Hosting.Membership;

/// <summary>What a coordinator tells everybody, before anything is sent to it.</summary>
/// <param name="Authority">The certificate of the cluster's authority, in PEM form; not to be believed before its hash was compared.</param>
/// <param name="Version">The version of the coordinator's program.</param>
/// <param name="Ahead">How far the coordinator's clock is ahead of this machine's, to about a second; null where it does not tell.</param>
public sealed record OfferedCluster(string Authority, string Version, TimeSpan? Ahead);
