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
    public static bool IsForPeople(LogEvent logEvent) => !IsSaidElsewhere(logEvent) && IsForPeople(
        logEvent.Level, Text(logEvent, Constants.SourceContextPropertyName), Text(logEvent, "ActorPath"), logEvent.MessageTemplate.Text);

    /// <summary>The same of a line in a file.</summary>
    /// <param name="level">How serious it is.</param>
    /// <param name="source">The class that wrote it.</param>
    /// <param name="actorPath">The actor that wrote it; empty for none.</param>
    /// <param name="text">What it says, or its template.</param>
    /// <returns>True when people are to see it.</returns>
    public static bool IsForPeople(LogEventLevel level, string source, string actorPath, string text) =>
        level >= MinimumLevel(source, actorPath, text);

    private static bool IsSaidElsewhere(LogEvent logEvent) =>
        logEvent.MessageTemplate.Text == FailedStart
            || logEvent.Exception?.GetType().Namespace == typeof(Akka.Remote.RemoteTransportException).Namespace;

    private static LogEventLevel MinimumLevel(string source, string actorPath, string text) =>
        source.StartsWith("SearchCluster", StringComparison.Ordinal) || IsOurActor(actorPath, text) || IsRefusal(text)
            ? LogEventLevel.Information
            : source.StartsWith("Akka", StringComparison.Ordinal) ? LogEventLevel.Error
            : LogEventLevel.Warning;

    private static bool IsOurActor(string actorPath, string text) =>
        actorPath.Contains("/user/", StringComparison.Ordinal) && !text.Contains("ingleton", StringComparison.Ordinal);

    private static bool IsRefusal(string text) => text.StartsWith(RefusalLog.Opening, StringComparison.Ordinal);

    private static string Text(LogEvent logEvent, string property) =>
        logEvent.Properties.TryGetValue(property, out var value) && value is ScalarValue { Value: string text } ? text : "";
}
