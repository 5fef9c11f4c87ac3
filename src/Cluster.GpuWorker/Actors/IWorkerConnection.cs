namespace SearchCluster.GpuWorker.Actors;

/// <summary>Whoever owns the connection to the coordinator; told by the agent how it goes. Called on the
/// agent's thread; must be quick.</summary>
public interface IWorkerConnection
{
    /// <summary>False while the worker may take no work, because it cannot reach the artifacts yet.</summary>
    bool MayWork { get; }

    /// <summary>The coordinator answered a hello.</summary>
    /// <param name="welcome">Its answer.</param>
    void Welcomed(WorkerProtocol.WorkerWelcome welcome);

    /// <summary>The coordinator does not want this worker; the process is to end.</summary>
    /// <param name="reason">Why, and what to do.</param>
    void Refused(string reason);
}
