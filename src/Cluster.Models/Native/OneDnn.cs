using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace SearchCluster.Models.Native;

/// <summary>Finds out whether oneDNN, to which libtorch gives recurrent layers and convolutions, computes right on this processor, and
/// switches it off where it does not, as <c>torch.backends.mkldnn.set_flags(False)</c> does in Python.</summary>
/// <remarks>
/// oneDNN 3.7.1 (libtorch 2.10) chooses its code by the processor. On one with AVX-512 (AMD EPYC, seen 2026-12-01) its LSTM without
/// gradients (<c>brgemm:avx512_core</c>) gave other numbers than the one that trains, and no error: validation and prediction were wrong,
/// as were those of models that had been trained elsewhere. With <c>ONEDNN_MAX_CPU_ISA=AVX2</c> they were right there. The instruction set
/// is fixed at the first use, so what is found here can only switch all of it off for this process; convolutions are slower then.
/// </remarks>
internal static unsafe class OneDnn
{
    private const double Tolerance = 1e-3;

    // Small enough for a few milliseconds; the second has the sizes of whole vector registers, the first has odd ones.
    private static readonly (int Steps, int Sequences, int Inputs, int Hidden)[] Sizes = [(3, 5, 3, 7), (4, 16, 1, 16), (2, 3, 32, 64)];

    /// <summary>Compares, and switches oneDNN off where it computes wrong.</summary>
    /// <returns>True when it is used.</returns>
    /// <exception cref="NotSupportedException">It computes wrong and cannot be switched off.</exception>
    public static bool Verify()
    {
        if (Computes())
        {
            return true;
        }

        if (!TrySwitchOff() || !Computes())
        {
            throw new NotSupportedException(
                "Recurrent layers give wrong numbers on this processor. Set ONEDNN_MAX_CPU_ISA=AVX2 in the environment and start again.");
        }

        return false;
    }

    /// <summary>Tells whether an LSTM, as it trains and as it predicts, and its gradients are what the equations of a cell give.</summary>
    internal static bool Computes() =>
        Sizes.All(size => Difference(size.Steps, size.Sequences, size.Inputs, size.Hidden) < Tolerance);

    /// <summary>The largest difference between libtorch's layer and its equations, step by step: of outputs, with and without gradients,
    /// and of gradients.</summary>
    /// <param name="steps">Length of the sequence.</param>
    /// <param name="sequences">How many at once.</param>
    /// <param name="inputs">Numbers in each step.</param>
    /// <param name="hidden">Units of the layer.</param>
    internal static double Difference(int steps, int sequences, int inputs, int hidden)
    {
        using var scope = NewDisposeScope();

        // The layer draws its first weights; whoever draws next gets what would have come.
        using var generator = get_rng_state();
        using var layer = nn.LSTM(inputs, hidden);
        set_rng_state(generator);
        var parameters = layer.parameters().ToArray();
        using (no_grad())
        {
            foreach (var (parameter, index) in parameters.Select((parameter, index) => (parameter, index)))
            {
                parameter.copy_(Wave(parameter.shape, index + 1, 0.4f));
            }
        }

        var input = Wave([steps, sequences, inputs], 9, 1);
        var (output, _, _) = layer.call(input);
        var expected = Unrolled(input, parameters, hidden);
        double difference = Math.Max(Largest(output, expected), Largest(Predicted(layer, input), expected));
        var found = autograd.grad([output.Squared().sum()], parameters);
        var right = autograd.grad([expected.Squared().sum()], parameters);
        return found.Zip(right, Largest).Append(difference).Max();
    }

    // Without gradients oneDNN runs other code.
    private static Tensor Predicted(TorchSharp.Modules.LSTM layer, Tensor input)
    {
        using var without = no_grad();
        return layer.call(input).Item1;
    }

    // Hochreiter and Schmidhuber 1997 with the gates in libtorch's order: input, forget, cell, output.
    private static Tensor Unrolled(Tensor input, Tensor[] parameters, int hidden)
    {
        Tensor state = zeros(input.shape[1], hidden), cell = zeros(input.shape[1], hidden);
        var outputs = new List<Tensor>();
        for (var step = 0; step < input.shape[0]; step++)
        {
            var gates = nn.functional.linear(input[step], parameters[0], parameters[2])
                .Plus(nn.functional.linear(state, parameters[1], parameters[3])).chunk(4, dim: 1);
            cell = (gates[1].sigmoid() * cell).Plus(gates[0].sigmoid() * gates[2].tanh());
            state = gates[3].sigmoid() * cell.tanh();
            outputs.Add(state);
        }

        return stack(outputs);
    }

    // Numbers without a generator.
    private static Tensor Wave(long[] shape, int number, float height)
    {
        var values = new float[shape.Aggregate(1L, (product, size) => product * size)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = height * MathF.Sin(i * (0.7f + (0.13f * number)));
        }

        return tensor(values).reshape(shape);
    }

    // What is not a number is no difference that is smaller than any other.
    private static double Largest(Tensor one, Tensor other)
    {
        var largest = one.detach().Plus(other.detach().Times(-1)).abs().max().item<float>();
        return float.IsNaN(largest) ? double.MaxValue : largest;
    }

    private static bool TrySwitchOff()
    {
        if (NativeLibrary.TryLoad("torch_cpu", typeof(torch).Assembly, null, out var library)
            && NativeLibrary.TryGetExport(library, "_ZN2at13globalContextEv", out var context)
            && NativeLibrary.TryGetExport(library, "_ZN2at7Context20setUserEnabledMkldnnEb", out var set))
        {
            ((delegate* unmanaged<nint, byte, void>)set)(((delegate* unmanaged<nint>)context)(), 0);
            return true;
        }

        return false;
    }
}
