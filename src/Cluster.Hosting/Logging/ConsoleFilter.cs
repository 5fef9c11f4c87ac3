using SearchCluster.Hosting.Cluster;
using SearchCluster.Hosting.Cluster.Connections;
using SearchCluster.Hosting.Persistence;
using Serilog.Core;
using Serilog.Events;

namespace SearchCluster.Hosting.Logging;

/// <summary>Picks what people see: what our own classes and actors say, and other components' warnings; of Akka itself nothing.</summary>
/// <remarks>
/// Akka warns about every peer that is away for a moment, and calls it an error when its process is gone; what follows
/// from it for a user, our own classes say. Whom our transport refused is shown: somebody's worker waits. All of Akka's lines
/// have one source, so our actors are told apart by the path that speaks; the singleton's manager and proxy live among them
/// and are told apart by their names. What a database threw is told once, with its cause and its place, by whoever watches
/// the journal. A host that does not start says so with a stack trace and throws: the program prints the exception's
/// message, so this goes to the file.
/// </remarks>
internal static class ConsoleFilter
{
    private const string FailedStart = "Hosting failed to start";
    private const string OurNames = "SearchCluster";
    private const string Actors = "/user/";

    /// <summary>Tells whether a line goes to the console.</summary>
    /// <param name="logEvent">The line.</param>
    /// <returns>True when it does.</returns>
    public static bool IsForPeople(LogEvent logEvent) => !IsSaidElsewhere(logEvent) && IsForPeople(
        logEvent.Level,
        Text(logEvent, Constants.SourceContextPropertyName),
        Speaker(Text(logEvent, "LogSource"), Text(logEvent, "ActorPath")),
        logEvent.MessageTemplate.Text);

    /// <summary>Tells whether a line goes to the console of a command that shows a search and has no log of its own there.</summary>
    /// <param name="logEvent">The line.</param>
    /// <returns>True for trouble with telemetry.</returns>
    public static bool IsNotice(LogEvent logEvent) => logEvent.Level >= LogEventLevel.Warning
        && Text(logEvent, Constants.SourceContextPropertyName) == typeof(Telemetry.OtlpNotice).FullName;

    /// <summary>Tells whether a component that is not ours calls something a fault.</summary>
    /// <param name="logEvent">The line.</param>
    /// <returns>True for a warning or worse.</returns>
    public static bool IsFaultOfComponent(LogEvent logEvent) => logEvent.Level >= LogEventLevel.Warning
        && !Text(logEvent, Constants.SourceContextPropertyName).StartsWith(OurNames, StringComparison.Ordinal);

    /// <summary>Tells whether a line of a file goes to the console.</summary>
    /// <param name="level">How serious it is.</param>
    /// <param name="source">The class that wrote it.</param>
    /// <param name="speaker">The actor that wrote it, or the part of Akka; empty for none.</param>
    /// <param name="text">What it says, or its template.</param>
    /// <returns>True when people are to see it.</returns>
    public static bool IsForPeople(LogEventLevel level, string source, string speaker, string text) =>
        MinimumLevel(source, speaker, text) is { } minimum && level >= minimum;

    /// <summary>Who wrote a line of an actor system: parts of Akka write from inside of whatever actor calls them.</summary>
    /// <param name="logSource">What Akka names as the source; empty for none.</param>
    /// <param name="actorPath">The actor that ran; empty for none.</param>
    /// <returns>A path, or the name of a part.</returns>
    public static string Speaker(string logSource, string actorPath) => logSource.Length > 0 ? logSource : actorPath;

    private static bool IsSaidElsewhere(LogEvent logEvent) =>
        logEvent.MessageTemplate.Text == FailedStart
            || (IsOfActorSystem(Text(logEvent, Constants.SourceContextPropertyName))
                && (logEvent.Exception?.GetType().Namespace == typeof(Akka.Remote.RemoteTransportException).Namespace
                    || JournalFailures.TroubleOf(logEvent.Exception) is not null));

    private static LogEventLevel? MinimumLevel(string source, string speaker, string text) =>
        source.StartsWith(OurNames, StringComparison.Ordinal) || IsOurActor(speaker) || IsRefusal(text) ? LogEventLevel.Information
        : IsOfActorSystem(source) ? null
        : LogEventLevel.Warning;

    private static bool IsOfActorSystem(string source) => source.StartsWith("Akka", StringComparison.Ordinal);

    // A search may be called like the singleton, but its manager's name comes before its own then.
    private static bool IsOurActor(string speaker) =>
        speaker.IndexOf(Actors, StringComparison.Ordinal) is >= 0 and var start
            && !speaker[(start + Actors.Length)..]
                .Split('/')
                .All(name => name.StartsWith(SearchManagerSingleton.Name, StringComparison.Ordinal));

    private static bool IsRefusal(string text) => text.StartsWith(RefusalLog.Opening, StringComparison.Ordinal)
        || text.StartsWith(RefusalLog.Ending, StringComparison.Ordinal);

    private static string Text(LogEvent logEvent, string property) =>
        logEvent.Properties.TryGetValue(property, out var value) && value is ScalarValue { Value: string text } ? text : "";
}
