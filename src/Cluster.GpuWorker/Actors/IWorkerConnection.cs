namespace SearchCluster.GpuWorker.Actors;

/// <summary>Whoever owns the connection to the coordinator; told by the agent how it goes. Called on the
/// agent's thread; must be quick.</summary>
public interface IWorkerConnection
{
    /// <summary>The coordinator answered a hello.</summary>
    void Welcomed();

    /// <summary>The coordinator does not want this worker; the process is to end.</summary>
    /// <param name="reason">Why, and what to do.</param>
    void Refused(string reason);
}
