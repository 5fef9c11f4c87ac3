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
