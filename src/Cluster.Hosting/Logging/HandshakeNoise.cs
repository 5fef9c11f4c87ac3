using Serilog.Events;

namespace SearchCluster.Hosting.Logging;

/// <summary>Lines that repeat what another one says: Akka tells of each connection without a proper handshake three times, twice with a stack trace.</summary>
/// <remarks>Kept is "Rejected incoming connection", one line for each. Whoever can reach the port decides how many there are, so each must be short.</remarks>
internal static class HandshakeNoise
{
    private static readonly string[] Repetitions = ["Error caught channel [", "TLS handshake failed on channel ["];

    /// <summary>Tells whether a line of the log is one of them.</summary>
    /// <param name="logEvent">The line.</param>
    /// <returns>True when it can go.</returns>
    public static bool IsIn(LogEvent logEvent) => logEvent.Level >= LogEventLevel.Warning && IsIn(MessageText.Render(logEvent));

    /// <summary>The same for a rendered line.</summary>
    /// <param name="line">The text.</param>
    /// <returns>True when it can go.</returns>
    public static bool IsIn(string line) => Repetitions.Any(repetition => line.Contains(repetition, StringComparison.Ordinal));
}
