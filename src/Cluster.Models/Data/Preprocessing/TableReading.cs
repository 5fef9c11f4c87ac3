using System.Text.Json.Serialization;

namespace SearchCluster.Models.Data.Preprocessing;

/// <summary>How a table was read, so that new rows are read the same way; a part of every model of a table.</summary>
/// <param name="HasHeader">Whether its first line named the columns.</param>
/// <param name="Columns">All of its columns in order, also those that the model does not use; numbers from 0
/// where it had no header.</param>
/// <param name="Targets">Those that are to be answered.</param>
/// <param name="Separator">What separates fields; a blank stands for any run of blanks.</param>
/// <param name="SkipLines">Lines before the header or the first row that are left out.</param>
/// <param name="Notations">How columns write their numbers, by name; those that are missing write them plainly.</param>
/// <param name="Missing">What became of empty fields; null where they were refused, and in models of releases that did not keep it.</param>
/// <param name="MissingTexts">Texts that meant an empty field beside nothing; null for none.</param>
/// <param name="SkippedRow">True where the last of the lines that were left out looked like a row, so that one in new rows is no
/// surprise; null where not.</param>
public sealed record TableReading(
    bool HasHeader,
    ValueArray<string> Columns,
    ValueArray<string> Targets,
    string Separator,
    int SkipLines = 0,
    ValueMap<NumberNotation>? Notations = null,
    MissingPolicy? Missing = null,
    ValueArray<string>? MissingTexts = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? SkippedRow = null)
{
    /// <summary>How a column writes its numbers; null for plainly.</summary>
    internal NumberNotation? NotationOf(string column) =>
        Notations is { } all && all.TryGetValue(column, out var notation) ? notation : null;
}
