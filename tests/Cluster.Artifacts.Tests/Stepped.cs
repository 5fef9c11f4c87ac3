namespace SearchCluster.Artifacts.Tests;

/// <summary>Runs an action on a thread of its own, one step at a time: up to its next pause, or to its end.</summary>
internal sealed class Stepped : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim _go = new(0);
    private readonly SemaphoreSlim _stands = new(0);
    private readonly Thread _thread;

    public Stepped(Action<Action> action)
    {
        _thread = new Thread(() => Run(action));
        _thread.IsBackground = true;
        _thread.Start();
    }

    public bool IsOver { get; private set; }

    public ArtifactException? Refused { get; private set; }

    /// <summary>Goes on to the next pause; nothing happens when it is over.</summary>
    public void Step()
    {
        if (IsOver)
        {
            return;
        }

        _go.Release();
        _stands.Wait(Patience).ShouldBeTrue("The other thread did not come to its next pause.");
    }

    public void Dispose()
    {
        while (!IsOver)
        {
            Step();
        }

        _thread.Join();
        _go.Dispose();
        _stands.Dispose();
    }

    private void Run(Action<Action> action)
    {
        _go.Wait();
        try
        {
            action(Pause);
        }
        catch (ArtifactException refused)
        {
            Refused = refused;
        }

        IsOver = true;
        _stands.Release();
    }

    private void Pause()
    {
        _stands.Release();
        _go.Wait();
    }
}
