using SearchCluster.Specs.Resources;
using SearchCluster.Specs.Rules;

namespace SearchCluster.Specs;

/// <summary>The JSON schema (draft-07) of the format this release reads, for editors.</summary>
/// <remarks>
/// Samplers, schedulers and their options come from <see cref="ReleaseVocabulary.Value"/>. The file in the
/// repository is the text itself, so that editors find it: after a change of the vocabulary <c>searchcluster
/// spec schema</c> writes it anew.
/// </remarks>
public static class SpecSchema
{
    /// <summary>File name under which templates refer to it.</summary>
    public const string FileName = "search.v1.schema.json";

    /// <summary>The schema, UTF-8 without a byte order mark, lines end with <c>\n</c>.</summary>
    public static string Text { get; } = VocabularySchema.Write(EmbeddedText.Read(FileName), ReleaseVocabulary.Value);
}
