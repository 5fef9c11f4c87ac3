using System.Globalization;
using System.Runtime.InteropServices;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Terminal;
using SearchCluster.Cli.Workloads;
using SearchCluster.Contracts;

namespace SearchCluster.Cli.Application;

/// <summary>Keeps what a bug, of the product or of a user's workload, left behind in a file, so that the terminal shows one line.</summary>
internal static class CrashReport
{
    public static CliException Write(Exception exception, IReadOnlyList<string> arguments, CliEnvironment environment)
    {
        var place = UserCode.PlaceOf(exception);
        var (summary, code, exit) = place is null
            ? ($"Unexpected failure: {SafeText.Of(exception.Message)}", CommandCodes.Unexpected, ExitCodes.UnexpectedFailure)
            : (
                $"Your workload failed in {SafeText.Of(place)}: {exception.GetType().Name}: "
                    + $"{SafeText.Of(exception.Message.Split('\n')[0].TrimEnd())}",
                ModelCodes.UserWorkload,
                ExitCodes.ProblemsFound);
        try
        {
            var stamp = environment.Clock.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
            var file = Path.Combine(Path.GetTempPath(), $"searchcluster-crash-{stamp}-{System.Environment.ProcessId}.txt");
            File.WriteAllText(file, Text(exception, arguments));
            return new(exit, summary, place is null
                ? $"this is a bug; details are in {file}"
                : $"{Remedy(exception)}; the whole stack is in {file}", code);
        }
        catch (Exception ioFailure) when (ioFailure is IOException or UnauthorizedAccessException)
        {
            return new(exit, summary, place is not null
                ? Remedy(exception)
                : $"this is a bug ({exception.GetType().Name}); no crash report could be written: {SafeText.Of(ioFailure.Message)}", code);
        }
    }

    /// <summary>What to do about a failure in a user's code: a type or a member that is not there was there when it was built.</summary>
    internal static string Remedy(Exception exception) => exception is MissingMemberException or TypeLoadException
        ? "its assembly was built against another version of SearchCluster: build it again against this one"
        : "correct it there";

    // Values of options may be secrets: only the command and the names of options are kept.
    private static string Text(Exception exception, IReadOnlyList<string> arguments)
    {
        var options = arguments.Skip(1).Where(a => a.StartsWith("--", StringComparison.Ordinal)).Select(a => a.Split('=')[0]);
        return $"""
            searchcluster {ProductVersion.Current}
            {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {RuntimeInformation.RuntimeIdentifier}
            command: {string.Join(' ', arguments.Take(1).Concat(options))}

            {exception}

            """;
    }
}
