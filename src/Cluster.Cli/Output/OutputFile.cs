using System.Text;
using SearchCluster.Cli.Failures;
using SearchCluster.Contracts.Storage;
using SearchCluster.Models.Data.Files;

namespace SearchCluster.Cli.Output;

/// <summary>Writes a file that the user named: all of it, or nothing.</summary>
/// <remarks>
/// A link stays a link: the file that it leads to is replaced. What is no file (a device, a named pipe) is written to, never replaced: the
/// rename that makes a file whole would put a regular file in its place, which for root is <c>/dev/null</c> gone for everybody.
/// </remarks>
internal static class OutputFile
{
    public static void Write(string path, string text)
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
                        ExitCodes.NotFound,
                        $"{SafeText.Of(path)} cannot be written: it is a folder.",
                        "name a file in it",
                        CommandCodes.OutputUnwritable);
                default:
                    WriteThrough(path, text);
                    break;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw OutputTrouble.Of(SafeText.Of(path), exception);
        }
    }

    private static void WriteThrough(string path, string text)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        using var writer = new StreamWriter(stream);
        writer.Write(text);
    }
}
