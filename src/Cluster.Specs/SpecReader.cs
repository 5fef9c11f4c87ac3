using SearchCluster.Contracts.Api;

namespace SearchCluster.Specs;

/// <summary>Reads search specs, format version 1, in YAML and JSON.</summary>
public static class SpecReader
{
    /// <summary>Reads one spec and collects all of its problems.</summary>
    /// <param name="content">The bytes of the file, UTF-8.</param>
    /// <param name="fileName">Its name, for messages; the ending <c>.json</c> asks for strict JSON.</param>
    /// <param name="overrides">Values set from outside by dotted path, for example <c>budget.trials</c>; null for none.</param>
    /// <param name="vocabulary">The names that the spec may use; null for <see cref="SpecVocabulary.Default"/>.</param>
    /// <returns>The spec, or what is wrong with it. Never throws for any content.</returns>
    public static SpecReadResult Read(
        ReadOnlyMemory<byte> content,
        string fileName,
        IReadOnlyDictionary<string, string>? overrides = null,
        SpecVocabulary? vocabulary = null) =>
        content.Length > SpecLimits.Bytes
            ? new SpecReadResult(null, [SpecFileErrors.TooLarge(fileName, content.Length)])
            : new SpecReadResult(null, [new SpecProblem(SpecCodes.Syntax, SpecSeverity.Error, fileName, 1, 1, "", "this build reads no specs yet")]);
}
