using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SearchCluster.Contracts.Wire;

namespace SearchCluster.Cli.Json;

/// <summary>Writes the tool's own JSON documents; their property names never change within a major version.</summary>
internal static class CliJson
{
    private static readonly JsonSerializerOptions Indented = Options(indented: true);
    private static readonly JsonSerializerOptions Compact = Options(indented: false);

    /// <summary>Indented, for a document of its own.</summary>
    public static string Document<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.Serialize(value, Indented.GetTypeInfo(type.Type)!);

    /// <summary>On one line, for streams.</summary>
    public static string Line<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.Serialize(value, Compact.GetTypeInfo(type.Type)!);

    /// <summary>As <see cref="Line{T}"/>, for a type that is known only when it runs.</summary>
    public static string Line(object value, Type type) => JsonSerializer.Serialize(value, Compact.GetTypeInfo(type));

    private static JsonSerializerOptions Options(bool indented) => new(CliJsonContext.Default.Options)
    {
        TypeInfoResolver = CliJsonContext.Default.WithAddedModifier(NonFiniteMembers.AddTo),
        Converters = { NonFiniteMembers.Converter },
        WriteIndented = indented,
        NewLine = "\n",

        // Names and messages stay readable; control characters are escaped all the same.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
