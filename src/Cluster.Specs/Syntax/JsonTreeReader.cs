using System.Text;
using System.Text.Json;
using SearchCluster.Specs.Rules;

namespace SearchCluster.Specs.Syntax;

/// <summary>Reads strict JSON: no comments, no trailing commas, no duplicate keys.</summary>
internal static class JsonTreeReader
{
    private static readonly JsonReaderOptions Options = new()
    {
        AllowTrailingCommas = false,
        CommentHandling = JsonCommentHandling.Disallow,
        MaxDepth = 4 * SpecLimits.Depth,
    };

    /// <summary>Reads one document.</summary>
    /// <param name="text">The file.</param>
    /// <param name="problems">Gets the problems.</param>
    /// <returns>Its root; null after a problem that ends reading.</returns>
    public static SpecNode? Read(string text, ProblemList problems)
    {
        var builder = new TreeBuilder(problems);
        var bytes = Encoding.UTF8.GetBytes(text);
        var places = new JsonPlaces(bytes);
        var reader = new Utf8JsonReader(bytes, Options);
        try
        {
            while (!builder.HasFailed && reader.Read())
            {
                Take(ref reader, places.At((int)reader.TokenStartIndex), builder);
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException is GetString's: half of a surrogate pair. Repeated names are told by the builder.
            var fault = JsonFault.Find(bytes, Options.MaxDepth, allowsRepetition: true)
                ?? throw new InvalidOperationException("What the reader refuses passed the search for faults.", exception);
            builder.Fail(SpecCodes.Syntax, new Position(fault.Line, fault.Column), fault.Message, fault.Help);
        }

        return builder.HasFailed ? null : builder.Root;
    }

    private static void Take(ref Utf8JsonReader reader, Position at, TreeBuilder builder)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                builder.Open(new MappingNode(at), '{');
                break;
            case JsonTokenType.StartArray:
                builder.Open(new SequenceNode(at), '[');
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                builder.Close();
                break;
            case JsonTokenType.String or JsonTokenType.PropertyName:
                builder.Scalar(new ScalarNode(at, reader.GetString()!, ScalarStyle.Quoted));
                break;
            default:
                builder.Scalar(new ScalarNode(at, Encoding.UTF8.GetString(reader.ValueSpan), ScalarStyle.Plain));
                break;
        }
    }
}
