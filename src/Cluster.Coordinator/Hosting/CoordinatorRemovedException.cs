using SearchCluster.Hosting;

namespace SearchCluster.Coordinator.Hosting;

/// <summary>The other members of the cluster removed this coordinator because they did not hear from it; the
/// message is for people.</summary>
/// <param name="logsFolder">Where the log tells more.</param>
public sealed class CoordinatorRemovedException(string logsFolder) : HostingException(
    $"The coordinator ended although nobody stopped it: the cluster removed this coordinator, because the others did not hear from it. "
        + $"Start it again; searches and workers go on by themselves. Its log is in {logsFolder}.");
