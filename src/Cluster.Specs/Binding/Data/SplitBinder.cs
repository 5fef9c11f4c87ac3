using System.Globalization;
using System.Text.RegularExpressions;
using SearchCluster.Specs.Rules;
using SearchCluster.Specs.Sections;
using SearchCluster.Specs.Syntax;
using SearchCluster.Specs.Text;

namespace SearchCluster.Specs.Binding.Data;

/// <summary>Reads section <c>data.split</c>: shares, rows or folds, and what keeps rows together.</summary>
internal static partial class SplitBinder
{
    private const double SumTolerance = 1e-9;
    private const string LeaveOneOut = "leave-one-out";

    /// <summary>Reads the section.</summary>
    /// <param name="section"><c>data.split</c> with its keys.</param>
    /// <param name="format">What the data are; null where a worker recognises it.</param>
    /// <returns>How the data are divided; after a problem as they are without the section.</returns>
    public static SplitSpec Bind(Section section, DataFormat? format) =>
        BindParts(section) with { GroupBy = BindGroup(section, format) };

    private static SplitSpec BindParts(Section section)
    {
        var standard = new SplitSpec();
        if (section.Find("folds") is { } folds)
        {
            return BindFolds(section, standard, folds);
        }

        if (RowsOf(section, "trainRows") is { } trainRows)
        {
            return BindRows(section, standard, trainRows);
        }

        if (section.Find("trainRows") is not null)
        {
            // It is there, and what is wrong with it is told; the others are read for their own sake.
            _ = (RowsOf(section, "validationRows"), RowsOf(section, "testRows"));
            return standard;
        }

        foreach (var key in (string[])["validationRows", "testRows"])
        {
            if (section.Find(key) is { } rows)
            {
                section.Error(
                    SpecCodes.Split,
                    rows.Key.At,
                    key,
                    $"{key} needs trainRows",
                    "for example { trainRows: 0-99, validationRows: 100-199 }");
            }
        }

        var train = section.Real("train");
        var validation = section.Real("validation");
        var test = section.Real("test");
        var stratify = section.Flag("stratify", true);
        if (section.Find("train") is null && section.Find("validation") is null && section.Find("test") is null)
        {
            return standard with { Stratify = stratify };
        }

        if (section.Find("train") is null || section.Find("validation") is null)
        {
            section.Missing(
                SpecCodes.Split,
                "train",
                "train and validation are required where one share is given",
                "for example { train: 0.6, validation: 0.2, test: 0.2 }");
            return standard;
        }

        if (train is not { } trainShare || validation is not { } validationShare || (section.Find("test") is not null && test is null))
        {
            return standard;
        }

        var testShare = test ?? Math.Round(1 - trainShare - validationShare, 12);
        if (trainShare <= 0
            || validationShare <= 0
            || testShare < 0
            || Math.Abs(trainShare + validationShare + testShare - 1) > SumTolerance)
        {
            var sum = (trainShare + validationShare + (test ?? 0)).ToString("0.######", CultureInfo.InvariantCulture);
            section.Error(
                SpecCodes.Split,
                section.At,
                "train",
                $"the shares sum to {sum}; they must sum to 1, train and validation above 0, test at least 0",
                "for example { train: 0.6, validation: 0.2, test: 0.2 }");
        }

        return new SplitSpec(trainShare, validationShare, testShare, stratify);
    }

    private static SplitSpec BindFolds(Section section, SplitSpec standard, MappingEntry folds)
    {
        if (Array.Find(
            ["train", "validation", "test", "trainRows", "validationRows", "testRows"], key => section.Find(key) is not null) is { } other)
        {
            section.Error(
                SpecCodes.Split,
                folds.Key.At,
                "folds",
                $"{other} and folds exclude each other",
                "keep one of the two; with folds the data's own test part, if any, is the test part");
        }

        var isLeaveOneOut = folds.Value is ScalarNode { Text: LeaveOneOut };
        var count = isLeaveOneOut
            ? SplitSpec.LeaveOneOut
            : Section.TryWhole(folds.Value, out var whole) && whole is >= 2 and <= SpecLimits.Folds ? (int?)whole : null;
        if (count is null)
        {
            section.Error(
                SpecCodes.Split,
                folds.Value.At,
                "folds",
                $"folds {Section.Describe(folds.Value)}, but must be a whole number from 2 to {SpecLimits.Folds}, or {LeaveOneOut}",
                "for example folds: 5");
        }

        return standard with { Stratify = section.Flag("stratify", true), Folds = count };
    }

    private static SplitSpec BindRows(Section section, SplitSpec standard, RowRange trainRows)
    {
        foreach (var key in (string[])["train", "validation", "test"])
        {
            if (section.Find(key) is { } share)
            {
                section.Error(
                    SpecCodes.Split, share.Key.At, key, $"{key} is a share, but trainRows says which rows", "keep one of the two");
            }
        }

        if (RowsOf(section, "validationRows") is not { } validationRows)
        {
            if (section.Find("validationRows") is null)
            {
                section.Missing(
                    SpecCodes.Split,
                    "validationRows",
                    "validationRows is required where trainRows is given",
                    "for example { trainRows: 0-99, validationRows: 100-199 }");
            }

            return standard;
        }

        return standard with { TrainRows = trainRows, ValidationRows = validationRows, TestRows = RowsOf(section, "testRows") };
    }

    private static RowRange? RowsOf(Section section, string key)
    {
        if (section.Find(key) is not { } entry || section.Text(entry, 100) is not { } text)
        {
            return null;
        }

        if (RowsPattern().Match(text) is { Success: true } match
            && int.TryParse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var first)
            && int.TryParse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture, out var last)
            && first <= last)
        {
            return new(first, last);
        }

        section.Error(
            SpecCodes.Split,
            entry.Value.At,
            key,
            $"{key} is {Display.Quoted(text)}, but must be two row numbers from 0, the first not above the last",
            "for example 0-99");
        return null;
    }

    private static string? BindGroup(Section split, DataFormat? format)
    {
        if (TableBinder.Texts(split, "groupBy") is not { } columns)
        {
            return null;
        }

        if (columns.Count > 1)
        {
            split.Error(
                SpecCodes.Split,
                split.PlaceOf("groupBy"),
                "groupBy",
                $"groupBy names {columns.Count} columns, but a row has one group",
                "name one column, if need be one that joins them");
        }

        if (format is not (null or DataFormat.Csv or DataFormat.Images or DataFormat.Segmentation))
        {
            split.Error(
                SpecCodes.Split,
                split.PlaceOf("groupBy"),
                "groupBy",
                $"groupBy is for tables and folders of images, but format is {DataFormatWords.Of(format.Value)}",
                "remove it");
        }

        return columns[0];
    }

    [GeneratedRegex("^([0-9]{1,10})-([0-9]{1,10})$", RegexOptions.CultureInvariant)]
    private static partial Regex RowsPattern();
}
