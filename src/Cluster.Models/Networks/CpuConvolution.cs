using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace SearchCluster.Models.Networks;

/// <summary>Convolutions on the CPU with numbers of channels that libtorch's kernels get right.</summary>
/// <remarks>
/// libtorch 2.10 computes convolutions by oneDNN, in blocks of 16 channels where the processor has AVX-512 (8
/// with AVX2). It does not clear what it pads a block with, and multiplies it by zero; that is harmless unless the memory happens to hold
/// bits of NaN or infinity, which then spread over whole gradients. So channels are padded here, with zeros, to whole blocks. Inputs of up
/// to four channels, such as images, are not brought into blocks.
/// <c>ConvolutionLayerTests</c> fills the memory with NaN to show it. Convolutions of your own should use <see cref="ConvolutionLayer"/>.
/// </remarks>
internal static class CpuConvolution
{
    private const long Block = 16;
    private const long LargestPlainInput = 4;

    /// <summary>Convolves.</summary>
    /// <param name="input">Shape [rows, inputs, height, width].</param>
    /// <param name="weight">Shape [outputs, inputs, size, size].</param>
    /// <param name="bias">Shape [outputs], or null.</param>
    /// <param name="stride">Pixels from one place of the kernel to the next.</param>
    /// <param name="padding">Pixels of zeros around the image.</param>
    /// <returns>Shape [rows, outputs, …].</returns>
    public static Tensor Apply(Tensor input, Tensor weight, Tensor? bias, long[] stride, long[] padding)
    {
        var (outputs, inputs) = (weight.size(0), weight.size(1));
        var (moreOutputs, moreInputs) = (Missing(outputs), inputs <= LargestPlainInput ? 0 : Missing(inputs));
        if (moreOutputs == 0 && moreInputs == 0)
        {
            return conv2d(input, weight, bias, stride, padding);
        }

        var paddedWeight = pad(weight, [0, 0, 0, 0, 0, moreInputs, 0, moreOutputs]);
        var paddedInput = moreInputs == 0 ? input : pad(input, [0, 0, 0, 0, 0, moreInputs]);
        var paddedBias = bias is null || moreOutputs == 0 ? bias : pad(bias, [0, moreOutputs]);
        return conv2d(paddedInput, paddedWeight, paddedBias, stride, padding).narrow(1, 0, outputs);
    }

    private static long Missing(long channels) => (Block - (channels % Block)) % Block;
}
