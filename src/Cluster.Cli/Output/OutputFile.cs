using System.Runtime.ExceptionServices;
using System.Text;
using SearchCluster.Cli.Failures;
using SearchCluster.Contracts.Storage;
using SearchCluster.Models.Data.Files;

namespace SearchCluster.Cli.Output;

/// <summary>Writes a file that the user named: all of it, or nothing.</summary>
/// <remarks>
/// A link stays a link: the file that it leads to is replaced. What is no file (a device, a named pipe) is written to, never replaced: the
/// rename that makes a file whole would put a regular file in its place, which for root is <c>/dev/null</c> gone for everybody. It may also
/// wait for ever, as a pipe that nobody reads does, so that it is written on a thread of its own, which is left behind when the command is
/// to end.
/// </remarks>
internal static class OutputFile
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Writes it.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="text">What it holds then.</param>
    /// <param name="tell">Tells of a long wait for a pipe or device.</param>
    /// <param name="cancellation">Ends it.</param>
    public static void Write(string path, string text, Action<string>? tell = null, CancellationToken cancellation = default)
    {
        try
        {
            switch (RegularFile.Obstacle(path))
            {
                case null:
                    WholeFile.Write(RegularFile.Target(path).FullName, Encoding.UTF8.GetBytes(text), survivesPowerLoss: false);
                    break;
                case "a folder":
                    throw new CliException(
                        ExitCodes.StorageTrouble,
                        $"{SafeText.Of(path)} cannot be written: it is a folder.",
                        "name a file in it",
                        CommandCodes.OutputUnwritable);
                case var kind:
                    WriteThrough(path, text, kind, tell, cancellation);
                    break;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw OutputTrouble.Of(SafeText.Of(path), exception);
        }
    }

    private static void WriteThrough(string path, string text, string kind, Action<string>? tell, CancellationToken cancellation)
    {
        ExceptionDispatchInfo? refused = null;
        var written = new ManualResetEventSlim();
        new Thread(() =>
        {
            try
            {
                using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
                using var writer = new StreamWriter(stream);
                writer.Write(text);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
            {
                refused = ExceptionDispatchInfo.Capture(exception);
            }

            written.Set();
        })
        {
            IsBackground = true,
            Name = "output",
        }.Start();
        if (!written.Wait(Patience, cancellation))
        {
            tell?.Invoke($"{SafeText.Of(path)} is {kind} that nobody takes anything from yet; waiting for a reader (Ctrl-C ends).");
            written.Wait(cancellation);
        }

        refused?.Throw();
    }
}
