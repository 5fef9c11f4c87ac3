using System.Globalization;
using Serilog.Events;
using Serilog.Formatting;

namespace SearchCluster.Hosting.Logging;

/// <summary>Writes one line for people: time, level, message, and what an exception says where the message does not.</summary>
/// <param name="hasFile">Whether the line goes to a file as well, with the stack; where it does not, the stack follows here.</param>
internal sealed class CompactConsoleFormatter(bool hasFile) : ITextFormatter
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

    private void WriteTo(TextWriter output, LogEvent logEvent)
    {
        output.Write(logEvent.Timestamp.ToString("HH:mm:ss", CultureInfo.InvariantCulture));
        output.Write(logEvent.Level switch
        {
            LogEventLevel.Warning => " warning: ",
            LogEventLevel.Error => " error: ",
            LogEventLevel.Fatal => " fatal: ",
            _ => " ",
        });
        var message = SafeText.Of(MessageText.Render(logEvent));
        output.Write(message);
        if (logEvent.Exception is not { } exception)
        {
            output.WriteLine();
        }
        else if (hasFile)
        {
            var cause = SafeText.Of(ExceptionText.MessageOf(exception));
            output.WriteLine(message.Contains(cause, StringComparison.Ordinal) ? string.Empty : ": " + cause);
        }
        else
        {
            output.WriteLine();
            output.WriteLine(SafeText.OfLines(exception.ToString()));
        }
    }
}
