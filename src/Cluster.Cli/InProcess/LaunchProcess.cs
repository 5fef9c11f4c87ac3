using Microsoft.Extensions.Hosting.Systemd;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Contracts;
using SearchCluster.Hosting;
using SearchCluster.Hosting.Logging;
using SearchCluster.Hosting.State;
using SearchCluster.Launch.State;
using SearchCluster.Launch.Supervision;

namespace SearchCluster.Cli.InProcess;

/// <summary>The command <c>launch</c>.</summary>
internal static class LaunchProcess
{
    private const string ServiceName = "launch";

    /// <summary>Runs until it is told to end.</summary>
    /// <param name="context">The command.</param>
    /// <param name="request">What to start.</param>
    /// <param name="whenReady">Has more to say once all are ready.</param>
    public static async Task<int> RunAsync(CommandContext context, LaunchRequest request, Action<LaunchReady>? whenReady = null)
    {
        if (DetachedLaunch.IsActive(context))
        {
            LauncherTie.LeaveTerminal();
        }

        var state = request.State;
        var visible = GpuChoice.Visible(context.Environment.Variable);
        var plan = LaunchPlanning.Make(request, visible);
        using var held = Hold(state);
        await using var logger = LoggingExtensions.CreateLogger(
            new LoggingOptions { ServiceName = ServiceName, StateFolder = state, Console = ConsoleLog.Off });
        var teller = new LaunchTeller(context, logger, request.Elsewhere is not null);
        if (request.Gpus is null && visible.Gpus.Count == 0)
        {
            teller.Note($"No GPU is used: {visible.Problem ?? "none is visible"}.");
        }

        var record = new LaunchRecord(state, Describe(request.Node, plan, context.Now), teller, teller.Warn);
        var launcher = new Launcher(plan, record, context.Environment.Clock);
        using var now = new CancellationTokenSource();
        context.OnSecondSignal(now.Cancel);
        var service = new SystemdNotifier();
        await using var stopping = context.Cancellation.Register(() => service.Notify(ServiceState.Stopping));
        var announced = AnnounceAsync(launcher.Ready, record, teller, service, whenReady);
        try
        {
            await launcher.RunAsync(context.Cancellation, now.Token);
            await announced;
        }
        finally
        {
            LaunchFile.Delete(state);
        }

        if (!launcher.Ready.IsCompletedSuccessfully && !context.IsInterrupted)
        {
            // The time of --timeout was up before anything worked.
            context.Cancellation.ThrowIfCancellationRequested();
        }

        // Stopping a service is its normal end, so the exit code is 0.
        teller.Note("All processes have ended.");
        return ExitCodes.Done;
    }

    /// <summary>Takes the folder for one launch.</summary>
    /// <param name="state">The folder.</param>
    /// <exception cref="CliException">Another launch has it.</exception>
    public static LaunchLock Hold(StateFolder state) => LaunchLock.TryAcquire(state) ?? throw Conflict(state);

    /// <summary>What other processes read of a launch that starts.</summary>
    /// <param name="node">Name of the machine.</param>
    /// <param name="plan">What it starts.</param>
    /// <param name="now">The time.</param>
    public static LaunchFile Describe(string node, LaunchPlan plan, DateTimeOffset now) => new()
    {
        Node = node,
        Pid = Environment.ProcessId,
        Version = ProductVersion.Current,
        StartedAt = now,
        Processes =
        [
            .. plan.Processes.Select(process => new ProcessView
            {
                Name = process.Name,
                Role = process.Role,
                Device = process.Device,
                Phase = ProcessPhase.Waiting,
                Since = now,
            }),
        ],
    };

    private static async Task AnnounceAsync(
        Task<LaunchReady> ready, LaunchRecord record, LaunchTeller teller, SystemdNotifier service, Action<LaunchReady>? whenReady)
    {
        await Task.WhenAny(ready);
        if (ready.IsCompletedSuccessfully)
        {
            record.Ready(await ready);
            teller.Ready(await ready);
            whenReady?.Invoke(await ready);
            service.Notify(ServiceState.Ready);
        }
    }

    private static CliException Conflict(StateFolder state) => new(
        ExitCodes.Conflict,
        LaunchFile.TryRead(state) is { } other
            ? $"A launch runs in {state.Root} already: process {other.Pid}, node {SafeText.Of(other.Node)}."
            : $"A launch runs in {state.Root} already.",
        "look at it with searchcluster nodes, end it with searchcluster down, or choose another folder with --state",
        CommandCodes.StateInUse);
}
