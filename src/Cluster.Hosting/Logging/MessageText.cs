using System.Globalization;
using Serilog.Events;
using Serilog.Parsing;

namespace SearchCluster.Hosting.Logging;

/// <summary>Renders messages without quotes around text.</summary>
internal static class MessageText
{
    /// <summary>Fills the placeholders of a message.</summary>
    /// <returns>The text; control characters are still in it.</returns>
    public static string Render(LogEvent logEvent)
    {
        var text = new StringWriter(CultureInfo.InvariantCulture);
        foreach (var token in logEvent.MessageTemplate.Tokens)
        {
            if (token is PropertyToken property
                && logEvent.Properties.TryGetValue(property.PropertyName, out var value)
                && value is ScalarValue { Value: string bare })
            {
                text.Write(bare);
            }
            else
            {
                token.Render(logEvent.Properties, text, CultureInfo.InvariantCulture);
            }
        }

        return text.ToString();
    }
}
