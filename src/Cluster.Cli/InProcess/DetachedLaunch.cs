using System.Diagnostics;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Hosting;
using SearchCluster.Hosting.State;

namespace SearchCluster.Cli.InProcess;

/// <summary>Starts a launch in the background and returns when it is ready, or has failed.</summary>
internal static class DetachedLaunch
{
    /// <summary>Set for the launch in the background.</summary>
    public const string Variable = "SEARCHCLUSTER_DETACHED";

    /// <summary>True where this process is the one in the background.</summary>
    public static bool IsActive(CommandContext context) => context.Environment.Variable(Variable) == "1";

    /// <summary>Starts it.</summary>
    /// <param name="context">The command.</param>
    /// <param name="arguments">The command line without <c>--detach</c>.</param>
    public static async Task<int> RunAsync(CommandContext context, IReadOnlyList<string> arguments)
    {
        var program = LaunchPlanning.Program();
        var start = new ProcessStartInfo(program.File, [.. program.Arguments, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment[Variable] = "1";
        start.Environment.Remove(LauncherTie.Variable);
        using var launch = Process.Start(start)!;
        try
        {
            // What it says until it is ready is said here, as if it ran here; its first line of data says that it is ready.
            var gate = new Lock();
            var errors = CopyAsync(launch.StandardError, context.Environment.Error, gate);
            var isReady = await CopyUntilReadyAsync(context, launch.StandardOutput);
            if (isReady)
            {
                lock (gate)
                {
                    TellOfBackground(context, launch.Id);
                }

                return ExitCodes.Done;
            }

            await launch.WaitForExitAsync(context.Cancellation);
            await errors;
            return launch.ExitCode;
        }
        catch (OperationCanceledException)
        {
            // Nobody waits for it any more: closing its terminal would not end it, so this does.
            launch.Kill();
            throw;
        }
    }

    private static void TellOfBackground(CommandContext context, int process)
    {
        if (!context.Output.IsJson)
        {
            context.Output.Note(
                $"It goes on in the background, as process {process}, with {StateFolder.Resolve(context.Settings.State).Root}."
                    + "\n  next: searchcluster nodes, searchcluster logs --follow, searchcluster down");
        }
    }

    private static async Task<bool> CopyUntilReadyAsync(CommandContext context, StreamReader output)
    {
        while (await output.ReadLineAsync(context.Cancellation) is { } line)
        {
            context.Environment.Out.WriteLine(line);
            if (!context.Output.IsJson || line.Contains("\"event\":\"launched\"", StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    // A writer takes one line at a time, and this process has something to say of its own.
    private static async Task CopyAsync(StreamReader from, TextWriter to, Lock gate)
    {
        while (await from.ReadLineAsync() is { } line)
        {
            lock (gate)
            {
                to.WriteLine(line);
            }
        }
    }
}
