using SearchCluster.Hosting.State;
using SearchCluster.Launch.Processes;
using SearchCluster.Launch.Supervision;

namespace SearchCluster.Launch.State;

/// <summary>Keeps the launch file up to date, and passes on what it hears.</summary>
/// <param name="state">The folder.</param>
/// <param name="launch">What is known at the start.</param>
/// <param name="next">Told after the file is written.</param>
/// <param name="notWritten">Told when the file cannot be written; the launch goes on.</param>
public sealed class LaunchRecord(StateFolder state, LaunchFile launch, ILaunchObserver next, Action<string> notWritten) : ILaunchObserver
{
    private readonly Lock _gate = new();
    private LaunchFile _launch = launch;
    private bool _isTold;

    /// <inheritdoc />
    public void Changed(ProcessView view, ProcessEnd? end, TimeSpan? restartsIn)
    {
        Update(file => file with
        {
            Processes = file.Processes.Any(process => process.Name == view.Name)
                ? [.. file.Processes.Select(process => process.Name == view.Name ? view : process)]
                : [.. file.Processes, view],
        });
        next.Changed(view, end, restartsIn);
    }

    /// <inheritdoc />
    public void Printed(string name, OutputLine line) => next.Printed(name, line);

    /// <summary>Notes that all are ready.</summary>
    /// <param name="ready">Where.</param>
    public void Ready(LaunchReady ready) => Update(file => file with { IsReady = true, Url = ready.Url });

    /// <summary>Writes the file anew.</summary>
    /// <param name="change">What changed.</param>
    private void Update(Func<LaunchFile, LaunchFile> change)
    {
        lock (_gate)
        {
            _launch = change(_launch);
            try
            {
                _launch.Write(state);
                _isTold = false;
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                // What the processes do does not hang on a note about them; one sentence is enough until it works again.
                if (!_isTold)
                {
                    notWritten($"What runs here cannot be written to {state.Root}: {refused.Message} nodes and down may be wrong "
                        + $"meanwhile.");
                }

                _isTold = true;
            }
        }
    }
}
