using System.Globalization;
using Serilog.Events;
using Serilog.Formatting;

namespace SearchCluster.Hosting.Logging;

/// <summary>Writes one line for people: time, level, message; then the exception, if any.</summary>
internal sealed class CompactConsoleFormatter : ITextFormatter
{
    /// <inheritdoc />
    public void Format(LogEvent logEvent, TextWriter output)
    {
        if (!LauncherTie.IsActive)
        {
            WriteTo(output, logEvent);
            return;
        }

        using var text = new StringWriter(CultureInfo.InvariantCulture);
        WriteTo(text, logEvent);
        foreach (var line in text.ToString().AsSpan().TrimEnd().EnumerateLines())
        {
            output.Write(LauncherTie.LogMark);
            output.WriteLine(line);
        }
    }

    private static void WriteTo(TextWriter output, LogEvent logEvent)
    {
        output.Write(logEvent.Timestamp.ToString("HH:mm:ss", CultureInfo.InvariantCulture));
        output.Write(logEvent.Level switch
        {
            LogEventLevel.Warning => " warning: ",
            LogEventLevel.Error => " error: ",
            LogEventLevel.Fatal => " fatal: ",
            _ => " ",
        });
        output.WriteLine(SafeText.Of(MessageText.Render(logEvent)));
        if (logEvent.Exception is { } exception)
        {
            output.WriteLine(SafeText.OfLines(exception.ToString()));
        }
    }
}
