using SearchCluster.Cli.Application;

namespace SearchCluster.Cli.Output;

/// <summary>Writes a file that the user named: all of it, or nothing.</summary>
internal static class OutputFile
{
    public static void Write(string path, string text)
    {
        var temporary = $"{path}.{System.Environment.ProcessId}.tmp";
        try
        {
            File.WriteAllText(temporary, text);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.NotFound, $"{SafeText.Of(path)} cannot be written: {SafeText.Of(exception.Message)}", "check the folder and its permissions", "SC1000");
        }
    }
}
