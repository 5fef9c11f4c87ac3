namespace SearchCluster.Hosting.State;

/// <summary>A process cannot show the key of its cluster.</summary>
public sealed class ClusterKeyException : HostingException
{
    private ClusterKeyException(string message, bool isMissing, Exception? inner = null)
        : base(message, inner) => IsMissing = isMissing;

    /// <summary>True when there is no file: a coordinator that is about to start may still make it.</summary>
    public bool IsMissing { get; }

    /// <summary>The file is not there.</summary>
    /// <param name="state">The folder.</param>
    /// <param name="inner">The cause.</param>
    public static ClusterKeyException Missing(StateFolder state, Exception inner) => new(
        $"There is no key of a cluster at {state.KeyFile}. A coordinator makes it when it starts, and its workers need the same one: give "
            + $"the coordinator's state folder with --state, or copy its {Path.GetFileName(state.KeyFile)} there.",
        isMissing: true,
        inner);

    /// <summary>The file may not be read.</summary>
    /// <param name="state">The folder.</param>
    /// <param name="inner">The cause.</param>
    public static ClusterKeyException Unreadable(StateFolder state, Exception inner) => new(
        $"The key of the cluster, {state.KeyFile}, cannot be read: {inner.Message} Run all processes of a cluster as the user who owns its "
            + $"state folder.",
        isMissing: false,
        inner);

    /// <summary>The file holds no key.</summary>
    /// <param name="state">The folder.</param>
    public static ClusterKeyException Damaged(StateFolder state) => new(
        $"{state.KeyFile} holds no key of a cluster (one line: {ClusterKey.Prefix} and 64 hexadecimal digits). Delete the file, then start "
            + $"the coordinator, which makes a new one, and after it the workers.",
        isMissing: false);

    /// <summary>The process at the coordinator's address has another key.</summary>
    /// <param name="state">The folder.</param>
    /// <param name="coordinator">Where it listens.</param>
    public static ClusterKeyException Foreign(StateFolder state, string coordinator) => new(
        $"The process at {coordinator} does not have the key in {state.KeyFile}, and only members with one key work together. Give the "
            + $"state folder of that coordinator with --state, or the address of this folder's coordinator with --coordinator.",
        isMissing: false);
}
