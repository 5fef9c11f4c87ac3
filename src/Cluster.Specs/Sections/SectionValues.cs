using System.Globalization;
using SearchCluster.Specs.Rules;
using SearchCluster.Specs.Syntax;
using SearchCluster.Specs.Text;

namespace SearchCluster.Specs.Sections;

/// <content>Reads single values.</content>
internal sealed partial class Section
{
    /// <summary>Refuses the keys of the format that this release does not have.</summary>
    /// <param name="fields">The section's keys.</param>
    /// <param name="available">What to use instead.</param>
    /// <param name="except">Keys that the caller explains itself.</param>
    public void RefuseLaterKeys(SectionFields fields, string available, params ReadOnlySpan<string> except)
    {
        foreach (var key in fields.Later)
        {
            if (!except.Contains(key) && Find(key) is { } entry)
            {
                Error(SpecCodes.NotAvailable, entry.Key.At, key, $"{key} is not available in this release", available);
            }
        }
    }

    /// <summary>Reads text.</summary>
    /// <param name="key">Without the path of this section.</param>
    /// <param name="longest">Most characters.</param>
    /// <returns>Null when absent or of another form.</returns>
    public string? Text(string key, int longest) => Find(key) is { } entry ? Text(entry, longest) : null;

    /// <summary>Reads the text of an entry.</summary>
    /// <param name="entry">Key and value as they stand in the file.</param>
    /// <param name="longest">Most characters.</param>
    /// <returns>Null when of another form.</returns>
    public string? Text(MappingEntry entry, int longest)
    {
        var key = entry.Key.Text;
        if (entry.Value is not ScalarNode scalar || (scalar.Style == ScalarStyle.Plain && Scalars.Classify(scalar).Kind != ScalarKind.Text))
        {
            var help = entry.Value is ScalarNode { Text.Length: > 0 } ? "put it in quotes if text is meant" : "write a text";
            Error(SpecCodes.WrongKind, entry.Value.At, key, $"{Display.Text(key)} {Describe(entry.Value)}, but must be text", help);
            return null;
        }

        if (scalar.Text.Length <= longest)
        {
            return scalar.Text;
        }

        Error(
            SpecCodes.TextForm,
            scalar.At,
            key,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Display.Text(key)} has {scalar.Text.Length:#,0} characters, but may have at most {longest:#,0}"),
            "shorten it");
        return null;
    }

    /// <summary>Reads true or false.</summary>
    /// <param name="key">Without the path of this section.</param>
    /// <param name="otherwise">The value when absent or of another form.</param>
    /// <returns>The value.</returns>
    public bool Flag(string key, bool otherwise)
    {
        if (Find(key) is not { } entry)
        {
            return otherwise;
        }

        if (entry.Value is ScalarNode scalar && Scalars.Classify(scalar) is { Kind: ScalarKind.Boolean } value)
        {
            return value.Flag;
        }

        Error(
            SpecCodes.WrongKind,
            entry.Value.At,
            key,
            $"{key} {Describe(entry.Value)}, but must be true or false",
            "write true or false, without quotes");
        return otherwise;
    }

    /// <summary>Reads a whole number.</summary>
    /// <param name="key">Without the path of this section.</param>
    /// <param name="min">Smallest.</param>
    /// <param name="max">Largest.</param>
    /// <param name="code">Code of the problems with it.</param>
    /// <returns>Null when absent or of another form.</returns>
    public long? Whole(string key, long min, long max, string code = SpecCodes.OutOfLimits)
    {
        if (Find(key) is not { } entry)
        {
            return null;
        }

        if (TryWhole(entry.Value, out var whole) && whole >= min && whole <= max)
        {
            WarnOfLeadingZero(entry.Value, key);
            return whole;
        }

        var rule = string.Create(CultureInfo.InvariantCulture, $"must be a whole number from {min:#,0} to {max:#,0}");
        if (NumberProblems.ExplainTwofold(entry.Value) is { } twofold)
        {
            Error(code, entry.Value.At, key, $"{key} {twofold.Message}; it {rule}", twofold.Help);
        }
        else if (entry.Value is ScalarNode scalar && Scalars.Classify(scalar).IsNumber)
        {
            Error(
                code,
                entry.Value.At,
                key,
                $"{key} is {Display.Text(scalar.Text)}, but {rule}",
                "change it to a number within these limits");
        }
        else
        {
            var (message, help) = NumberProblems.Explain(entry.Value, isWhole: true);
            Error(code, entry.Value.At, key, $"{key} {message}; it {rule}", help);
        }

        return null;
    }

    /// <summary>Reads a real number.</summary>
    /// <returns>Null when absent or not a finite number.</returns>
    public double? Real(string key) => Find(key) is { } entry ? Real(entry.Value, key) : null;

    /// <summary>Reads a real number between two limits.</summary>
    /// <param name="key">Without the path of this section.</param>
    /// <param name="min">Smallest.</param>
    /// <param name="max">Largest.</param>
    /// <param name="code">Code of a number outside.</param>
    /// <returns>Null when absent or of another form.</returns>
    public double? Real(string key, double min, double max, string code = SpecCodes.OutOfLimits)
    {
        if (Real(key) is not { } number)
        {
            return null;
        }

        if (number >= min && number <= max)
        {
            return number;
        }

        var rule = max == double.MaxValue ? Invariant($"must be at least {min}") : Invariant($"must lie between {min} and {max}");
        Error(code, Find(key)!.Value.At, key, Invariant($"{key} is {number}, but {rule}"), "change it to a number within these limits");
        return null;
    }

    /// <summary>Reads a real number from a value.</summary>
    /// <param name="node">The value.</param>
    /// <param name="key">Its key, for messages.</param>
    /// <param name="isWhole">Whether it should be a whole number, for messages.</param>
    /// <returns>Null when it is not a finite number.</returns>
    public double? Real(SpecNode node, string key, bool isWhole = false)
    {
        if (node is ScalarNode scalar && Scalars.Classify(scalar) is { IsNumber: true } number)
        {
            WarnOfLeadingZero(node, key);
            return number.Number;
        }

        var (message, help) = NumberProblems.Explain(node, isWhole);
        var isTooLarge = node is ScalarNode plain && Scalars.Classify(plain).Kind == ScalarKind.Real && plain.Text.Any(char.IsAsciiDigit);
        Error(isTooLarge ? SpecCodes.NumberTooLarge : SpecCodes.NotANumber, node.At, key, $"{Display.Text(key)} {message}", help);
        return null;
    }

    /// <summary>Reads one of several words.</summary>
    /// <typeparam name="T">What a word stands for.</typeparam>
    /// <param name="key">Without the path of this section.</param>
    /// <param name="words">The words of this release.</param>
    /// <param name="later">Words of the format that this release does not have.</param>
    /// <param name="otherwise">The value when absent or of another form.</param>
    /// <param name="otherNames">What else people call a word, for the suggestion.</param>
    /// <returns>The value.</returns>
    public T Word<T>(
        string key, (string Word, T Value)[] words, string[] later, T otherwise, (string Other, string Word)[]? otherNames = null)
    {
        if (Find(key) is not { } entry)
        {
            return otherwise;
        }

        return TryWord(entry.Value, key, words, later, out var value, otherNames) ? value : otherwise;
    }

    /// <summary>Reads one of several words from a value.</summary>
    /// <typeparam name="T">What a word stands for.</typeparam>
    /// <param name="node">The value.</param>
    /// <param name="key">Its key, for messages.</param>
    /// <param name="words">The words of this release.</param>
    /// <param name="later">Words of the format that this release does not have.</param>
    /// <param name="value">What the word stands for.</param>
    /// <param name="otherNames">What else people call a word, for the suggestion.</param>
    /// <returns>False after a problem.</returns>
    public bool TryWord<T>(
        SpecNode node,
        string key,
        (string Word, T Value)[] words,
        string[] later,
        out T value,
        (string Other, string Word)[]? otherNames = null)
    {
        var text = (node as ScalarNode)?.Text;
        foreach (var (word, meaning) in words)
        {
            if (word == text)
            {
                value = meaning;
                return true;
            }
        }

        value = default!;
        var names = words.Select(word => word.Word).ToArray();
        var choice = names.Length == 1 ? $"use {names[0]}" : $"use one of {string.Join(", ", names)}";
        if (text is not null && later.Contains(text))
        {
            Error(SpecCodes.NotAvailable, node.At, key, $"{key} {text} is not available in this release", choice);
        }
        else
        {
            var suggestion = text is null
                ? ""
                : Suggestions.Phrase(
                    otherNames?.FirstOrDefault(name => name.Other.Equals(text, StringComparison.OrdinalIgnoreCase)).Word ?? text, names);
            var code = Path.StartsWith("space.", StringComparison.Ordinal) && key == "type"
                ? SpecCodes.ParameterType
                : SpecCodes.UnknownWord;
            Error(
                code,
                node.At,
                key,
                $"{key} {Describe(node)}, but must be {(names.Length == 1 ? names[0] : "one of " + string.Join(", ", names))}{suggestion}",
                choice);
        }

        return false;
    }

    /// <summary>Reads a duration.</summary>
    /// <param name="key">Without the path of this section.</param>
    /// <param name="allowsZero">True when 0 is a meaning of its own.</param>
    /// <returns>Null when absent or of another form.</returns>
    public TimeSpan? Duration(string key, bool allowsZero = false)
    {
        if (Find(key) is not { } entry)
        {
            return null;
        }

        if (entry.Value is ScalarNode scalar
            && Durations.TryParseWhole(scalar.Text, out var duration)
            && (allowsZero || duration > TimeSpan.Zero))
        {
            return duration;
        }

        var found = entry.Value is ScalarNode { Text: "" } ? "is empty" : Describe(entry.Value);
        Error(
            SpecCodes.Duration,
            entry.Value.At,
            key,
            $"{key} {found}, but must be a duration in whole days, "
                + $"hours, minutes and seconds, {(allowsZero ? "up to" : "above 0s, at most")} {Durations.Of(Durations.Longest)}",
            Durations.Rule);
        return null;
    }

    /// <summary>Reads free tags.</summary>
    /// <returns>Null when absent or of another form.</returns>
    public ValueMap<string>? Labels(string key)
    {
        if (Child(key, SectionFields.Free) is not { } section)
        {
            return null;
        }

        var labels = new List<KeyValuePair<string, string>>();
        foreach (var entry in section.Entries)
        {
            if (!LabelName().IsMatch(entry.Key.Text))
            {
                section.Error(
                    SpecCodes.TextForm,
                    entry.Key.At,
                    entry.Key.Text,
                    $"the label {Display.Quoted(entry.Key.Text)} breaks the rule for names: "
                        + $"1 to 63 of a-z, 0-9 and '-', starting with a letter or digit",
                    "rename it");
            }
            else if (section.Text(entry, SpecLimits.LabelLength) is { } text)
            {
                labels.Add(new(entry.Key.Text, text));
            }
        }

        if (section.Entries.Count > SpecLimits.Labels)
        {
            section.Problems.Error(
                SpecCodes.TextForm,
                section.At,
                section.Path,
                Invariant($"{section.Path} has {section.Entries.Count} entries, but may have at most {SpecLimits.Labels}"),
                "remove some");
        }

        return new ValueMap<string>(labels);
    }

    /// <summary>Reads a whole number from a value; a real number without a fraction counts, unless it may mean thousands.</summary>
    /// <param name="node">The value.</param>
    /// <param name="whole">The number.</param>
    /// <returns>False when it is none.</returns>
    public static bool TryWhole(SpecNode node, out long whole)
    {
        whole = 0;
        if (node is not ScalarNode scalar || Scalars.IsTwofold(scalar.Text))
        {
            return false;
        }

        var value = Scalars.Classify(scalar);
        whole = value.Kind == ScalarKind.Real && Math.Abs(value.Number) <= 1L << 53 ? (long)value.Number : value.Whole;
        return value.Kind == ScalarKind.Integer
            || (value.Kind == ScalarKind.Real && Math.Abs(value.Number) <= 1L << 53 && whole == value.Number);
    }

    /// <summary>Warns of a number such as <c>017</c>.</summary>
    /// <param name="node">The value.</param>
    /// <param name="key">Its key, for messages.</param>
    public void WarnOfLeadingZero(SpecNode node, string key)
    {
        if (node is ScalarNode { Style: not ScalarStyle.Quoted } scalar && Scalars.HasLeadingZero(scalar.Text))
        {
            Problems.Warning(
                SpecCodes.LeadingZero,
                node.At,
                PathOf(key),
                $"{Prefix}{key} is {Display.Text(scalar.Text)}, read as a decimal number; other programs take it for octal",
                "remove the leading zero");
        }
    }

    [System.Text.RegularExpressions.GeneratedRegex(
        "^[a-z0-9][a-z0-9-]{0,62}$", System.Text.RegularExpressions.RegexOptions.CultureInvariant)]
    private static partial System.Text.RegularExpressions.Regex LabelName();

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
