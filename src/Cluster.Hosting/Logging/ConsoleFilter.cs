using SearchCluster.Hosting.Cluster.Connections;
using Serilog.Core;
using Serilog.Events;

namespace SearchCluster.Hosting.Logging;

/// <summary>Picks what people see: information of our own classes and actors, other components' warnings, and
/// of Akka itself errors only.</summary>
/// <remarks>
/// Akka warns about every peer that is away for a moment; that goes to the file. Whom our transport refused is shown: somebody's worker
/// waits. All of Akka's lines have one source, so our actors are told apart by their path; the singleton's manager and proxy live there too
/// and are told apart by what they say. Akka also calls it an error when a peer's process is gone; what follows
/// from it, our own classes say. A host that does not start says so with a stack trace and throws: the program prints the exception's
/// message, so this goes to the file.
/// </remarks>
internal static class ConsoleFilter
{
    private const string FailedStart = "Hosting failed to start";

    /// <summary>Tells whether a line goes to the console.</summary>
    /// <param name="logEvent">The line.</param>
    /// <returns>True when it does.</returns>
    public static bool IsForPeople(LogEvent logEvent) => logEvent.Level >= MinimumLevel(logEvent) && !IsSaidElsewhere(logEvent);

    private static bool IsSaidElsewhere(LogEvent logEvent) =>
        logEvent.MessageTemplate.Text == FailedStart
            || logEvent.Exception?.GetType().Namespace == typeof(Akka.Remote.RemoteTransportException).Namespace;

    private static LogEventLevel MinimumLevel(LogEvent logEvent)
    {
        var source = Text(logEvent, Constants.SourceContextPropertyName);
        return source.StartsWith("SearchCluster", StringComparison.Ordinal) || IsOurActor(logEvent) || IsRefusal(logEvent)
            ? LogEventLevel.Information
            : source.StartsWith("Akka", StringComparison.Ordinal) ? LogEventLevel.Error
            : LogEventLevel.Warning;
    }

    private static bool IsOurActor(LogEvent logEvent) =>
        Text(logEvent, "ActorPath").Contains("/user/", StringComparison.Ordinal)
        && !logEvent.MessageTemplate.Text.Contains("ingleton", StringComparison.Ordinal);

    private static bool IsRefusal(LogEvent logEvent) =>
        logEvent.MessageTemplate.Text.StartsWith(RefusalLog.Opening, StringComparison.Ordinal);

    private static string Text(LogEvent logEvent, string property) =>
        logEvent.Properties.TryGetValue(property, out var value) && value is ScalarValue { Value: string text } ? text : "";
}
