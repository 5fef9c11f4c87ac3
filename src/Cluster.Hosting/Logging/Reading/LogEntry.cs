using System.Globalization;
using System.Text.Json;
using Serilog.Events;

namespace SearchCluster.Hosting.Logging.Reading;

/// <summary>A line of a log file.</summary>
public sealed record LogEntry
{
    /// <summary>When it was written.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How serious it is.</summary>
    public required LogEventLevel Level { get; init; }

    /// <summary>The process: what a launcher writes about another one has that one's name.</summary>
    public required string Process { get; init; }

    /// <summary>What it says.</summary>
    public required string Text { get; init; }

    /// <summary>The exception with its stack; null for none.</summary>
    public string? Exception { get; init; }

    /// <summary>True for what people see on the terminal; the rest is of libraries.</summary>
    public required bool IsForPeople { get; init; }

    /// <summary>Reads a line.</summary>
    /// <param name="line">One line of a file of <see cref="LoggingExtensions"/>.</param>
    /// <returns>Null where it is not one, or was cut off.</returns>
    public static LogEntry? TryParse(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object
                || !DateTimeOffset.TryParse(
                    Member(root, "@t"),
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                    out var at))
            {
                return null;
            }

            var level = Enum.TryParse<LogEventLevel>(Member(root, "@l"), out var found) ? found : LogEventLevel.Information;
            var text = Member(root, "@m");
            var process = Member(root, "process");
            return new()
            {
                At = at,
                Level = level,
                Process = process.Length > 0 ? process : Bare(Member(root, "service")),
                Text = text,
                Exception = Member(root, "@x") is { Length: > 0 } exception ? exception : null,
                IsForPeople = process.Length > 0
                    || ConsoleFilter.IsForPeople(
                        level,
                        Member(root, "SourceContext"),
                        ConsoleFilter.Speaker(Member(root, "LogSource"), Member(root, "ActorPath")),
                        text),
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // A worker's name alone: that it is a worker's, the user knows.
    private static string Bare(string service) =>
        service.StartsWith("worker-", StringComparison.Ordinal) ? service["worker-".Length..] : service;

    private static string Member(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
