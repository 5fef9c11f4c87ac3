using SearchCluster.Specs.Resources;

namespace SearchCluster.Specs;

/// <summary>The JSON schema (draft-07) of the format this release reads, for editors.</summary>
public static class SpecSchema
{
    /// <summary>File name under which templates refer to it.</summary>
    public const string FileName = "search.v1.schema.json";

    /// <summary>The schema, UTF-8 without a byte order mark, lines end with <c>\n</c>.</summary>
    public static string Text { get; } = EmbeddedText.Read(FileName);
}
