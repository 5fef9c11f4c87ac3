using System.Text;
using FsCheck.Xunit;
using SearchCluster.Specs.Problems;
using SearchCluster.Specs.Rules;

namespace SearchCluster.Specs.Tests;

/// <summary>No bytes make the reader throw, hang or accept a spec with errors.</summary>
public sealed class FuzzTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);
    private static readonly byte[] Interesting = Encoding.UTF8.GetBytes("[]{}:,-\"'#&*!|>%@`~?\n\t 0123456789.eE<\\\0\u00a0\u202E");

    [Theory]
    [InlineData("digits.search.yaml")]
    [InlineData("digits.search.json")]
    [InlineData("branin.search.yaml")]
    [InlineData("coarse-to-fine.search.yaml")]
    public void Mutated_examples_never_throw(string name)
    {
        var original = File.ReadAllBytes(Specs.RepositoryFile("examples", name));
        var random = new RandomStream(2_026);
        for (var round = 0; round < 400; round++)
        {
            ReadWithinLimits(Mutate(original, random), name);
        }
    }

    [Property(MaxTest = 200)]
    public void Random_bytes_never_throw(byte[] bytes) => ReadWithinLimits(bytes, "s.yaml");

    [Property(MaxTest = 200)]
    public void Random_text_never_throws(string? text) => ReadWithinLimits(Encoding.UTF8.GetBytes("version: 1\nname: " + text), "s.yaml");

    [Theory]
    [InlineData("[", 250_000)]
    [InlineData("{", 250_000)]
    [InlineData("{a: ", 60_000)]
    [InlineData("- ", 125_000)]
    [InlineData("? ", 125_000)]
    [InlineData("a:", 125_000)]
    [InlineData("a: b\n", 50_000)]
    [InlineData("\"a\" ", 60_000)]
    [InlineData("- *a\n", 50_000)]
    [InlineData("x\n", 100_000)]
    public void Repetition_is_answered_quickly(string part, int times)
    {
        var text = string.Concat(Enumerable.Repeat(part, times));

        ReadWithinLimits(Encoding.UTF8.GetBytes(text), "s.yaml").Spec.ShouldBeNull();
        ReadWithinLimits(Encoding.UTF8.GetBytes(text), "s.json").Spec.ShouldBeNull();
    }

    [Fact]
    public void Ten_thousand_brackets_take_less_than_50_milliseconds()
    {
        var bytes = Encoding.UTF8.GetBytes(new string('[', 10_000));
        SpecReader.Read(bytes, "s.yaml");

        var fastest = Enumerable.Range(0, 5)
            .Min(_ => ProcessorTime.Of(() => SpecReader.Read(bytes, "s.yaml").Problems[0].Code.ShouldBe("SC1005")));

        fastest.ShouldBeLessThan(TimeSpan.FromMilliseconds(50));
    }

    [Theory]
    [InlineData("random", true)]
    [InlineData("auto", true)]
    [InlineData("grid", false)]
    public void Many_conditions_do_not_cost_exponential_time(string algorithm, bool isAccepted)
    {
        var parameters = string.Join('\n', Enumerable.Range(0, 120).Select(i => $"  p{i}: {{ type: bool }}"));
        var forbidden = string.Join('\n', Enumerable.Range(0, 60).Select(i => $"  - {{ p{i}: true, p{119 - i}: false }}"));
        var text = Specs.Function
            .With("x", parameters)
            .With("y", "")
            .With("seed", $"algorithm: {{ type: {algorithm} }}") + "\nforbid:\n" + forbidden;

        (ReadWithinLimits(Encoding.UTF8.GetBytes(text), "s.yaml").Spec is not null).ShouldBe(isAccepted);
    }

    private static SpecReadResult ReadWithinLimits(byte[] bytes, string name)
    {
        SpecReadResult result = null!;
        ProcessorTime.Of(() => result = SpecReader.Read(bytes, name)).ShouldBeLessThan(Longest);
        (result.Spec is null).ShouldBe(result.ErrorCount > 0);
        result.Problems.Length.ShouldBeLessThanOrEqualTo(SpecLimits.Problems);
        foreach (var problem in result.Problems)
        {
            SpecProblemFormat.Human(problem, SpecProblemFormat.SplitLines(Encoding.UTF8.GetString(bytes)))
                .ShouldAllBe(line => line.Length < 700);
        }

        return result;
    }

    private static byte[] Mutate(byte[] original, RandomStream random)
    {
        var bytes = original.ToList();
        for (var edits = random.NextInteger(1, 6); edits > 0; edits--)
        {
            var at = (int)random.NextInteger(0, bytes.Count - 1);
            switch (random.NextInteger(0, 3))
            {
                case 0:
                    bytes[at] = (byte)random.NextInteger(0, 255);
                    break;
                case 1:
                    bytes.Insert(at, Interesting[random.NextInteger(0, Interesting.Length - 1)]);
                    break;
                case 2:
                    bytes.RemoveRange(at, (int)Math.Min(random.NextInteger(1, 12), bytes.Count - at - 1));
                    break;
                default:
                    bytes.InsertRange(at, original.Skip((int)random.NextInteger(0, original.Length - 1)).Take(20));
                    break;
            }
        }

        return [.. bytes];
    }
}
